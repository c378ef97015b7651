import type { NodePath } from '@babel/traverse';
import type { Judged, Problem } from '../../migration.ts';
import { foundEffect } from '../effects/agent-verbs.ts';
import { addedEffect } from '../effects/added-methods.ts';
import { isAssumed, METHOD_KEEPS_NOTHING } from '../effects/assumed.ts';
import { isGivenOfRequest, isResultDropped } from '../effects/dropped-calls.ts';
import type { AgentEffects, Effect } from '../interpreter/agent-effects.ts';
import { onlySends } from '../interpreter/harmless-calls.ts';
import { agentEffects } from '../effects/effects.ts';
import { classFileOf } from '../effects/own-methods.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { effectProblem, keptUnseenProblem } from './flow-problems.ts';

/**
 * Why a call on the agent, or on a part of it, may keep what it is given: what it does is not known, and nobody uses
 * what it gives. Reads use their result.
 */
export function keptUnseen(
  call: NodePath,
  { name, isPart, way }: { name: string; isPart: boolean; way?: readonly string[] | undefined },
  migration: Judged,
): Problem | undefined {
  const effects = agentEffects(migration);
  const shown = way && [...way, name].join('.');
  const isShown = shown !== undefined && (effects === undefined || effects.has(shown));
  const path = isPart ? (isShown ? shown : partPath(call, name, effects)) : name;
  const problem = (effect: Effect | undefined) => effect && effectProblem(call, path, effect, migration);
  const isKnown = effects?.has(path) === true;
  const found = isPart && isKnown ? foundEffect(path, migration) : undefined;
  if (found) return problem(found);
  const added = isKnown || isPart ? undefined : addedEffect(name, migration);
  if (added && !isAssumed(METHOD_KEEPS_NOTHING, name, migration)) return problem(added);
  if (!isResultDropped(call) || !isGivenOfRequest(call)) return undefined;
  const effect = isKnown ? effects.ofDropped(path) : undefined;
  if (isKnown && !effect) return undefined;
  // A file of the tree may have the name of a package, by an alias.
  const isOfPackage = !isKnown && classFileOf(migration) === undefined;
  if (isOfPackage && onlySends(migration.options.agentModule, path)) return undefined;
  if (isAssumed(METHOD_KEEPS_NOTHING, path, migration)) return undefined;
  return problem(effect) ?? keptUnseenProblem(call, path, migration);
}

/** The names from the agent on: `auth.signIn` for `this.agent.auth.signIn(…)`. */
function partPath(call: NodePath, name: string, effects: AgentEffects | undefined): string {
  const names = namesOf(call);
  const ends = names.slice(0, -1).map((_, index) => names.slice(index).join('.'));
  const known = ends.find((each) => effects?.has(each));
  // By another name of the part, the path is not seen: any part may be it.
  return known ?? effects?.pathsTo(name)[0] ?? (names.length > 1 ? names.slice(-2).join('.') : name);
}

function namesOf(call: NodePath): string[] {
  if (!call.isCallExpression() && !call.isOptionalCallExpression()) return [];
  const names: string[] = [];
  let at = withoutTypes(call.get('callee') as NodePath);
  while (isMember(at)) {
    names.unshift(propertyName(at.node) ?? '*');
    at = withoutTypes(at.get('object') as NodePath);
  }
  return names;
}

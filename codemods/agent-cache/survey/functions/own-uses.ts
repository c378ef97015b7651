import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { keptOf } from '../../source/kept-with.ts';
import { isMember } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';
import { programAround } from '../code/program-around.ts';
import { type StateUse, stateIn } from '../code/shared-state.ts';
import { withoutTypes } from '../code/wrappers.ts';
import { callsThatMaySet, isOfKeepingNothing } from './calls-that-may-set.ts';
import { stateOf } from './caller-names.ts';
import { looksLikeRequest } from './handlers.ts';
import type { ReachedUse } from './reached-use.ts';
import { UNSEEN } from './state-origin.ts';
import { isUniqueKey } from './unique-key.ts';
import { partsOfCallsIn, unseenOwner } from './unseen-parts.ts';

/** The state that a function itself writes, without what it calls. */
export function ownWritesIn(fn: FunctionPath, source: Source): ReachedUse[] {
  return stateIn(fn).flatMap((use) => (use.isWrite ? (reachedBy(use, fn, source) ?? []) : []));
}

/**
 * The uses of state in the function's own code, in the order in which it has them. Every file of a tree may ask for all
 * functions of a name, so that they are kept with the file of the function.
 */
export function ownUsesIn(fn: FunctionPath, source: Source): readonly ReachedUse[] {
  return keptOf(programAround(fn), 'own uses of state', fn.node, () => [
    ...[...stateIn(fn), ...partsOfCallsIn(fn, source)].flatMap((use) => {
      const own = reachedBy(use, fn, source);
      return own && !isOwnCopy(own) && !isOfKeepingNothing(use.binding) ? [own] : [];
    }),
    ...callsThatMaySet(fn, source).flatMap((use) => {
      const own = reachedBy(use, fn, source);
      return own ? [{ ...own, by: use.call, mayBeSetBy: use.call }] : [];
    }),
  ]);
}

function reachedBy(use: StateUse, fn: FunctionPath, source: Source): ReachedUse | undefined {
  const { at, isWrite } = use;
  const kept = isOfOneRequest(at) ? undefined : stateOf(use, fn, source);
  const by = isWrite && at.parentPath?.isAssignmentExpression() ? at.parentPath : at;
  // What is got is of nobody but who gets it; what that holds is.
  if (!kept || (kept.root === UNSEEN && kept.parts.length === 0 && !isWrite)) return undefined;
  return { ...kept, ...unseenOwner(kept, at, source), isWrite, at, by };
}

/** What a function was given is its own, whatever becomes of where that was kept; what it holds is not. */
function isOwnCopy({ root, parts, isWrite, at }: ReachedUse): boolean {
  const isOfHeld = isMember(at.parentPath) && at.key === 'object';
  return root.startsWith('param') && parts.length === 0 && !isWrite && !isOfHeld;
}

/** `contexts.get(req)`, `seen[requestId]`: what is kept by a request, only that request comes to. */
function isOfOneRequest(at: NodePath): boolean {
  if (isMember(at) && at.node.computed) return isUniqueKey(at.get('property') as NodePath);
  const { parentPath: member, key } = at;
  const call =
    isMember(member) && key === 'object' && member.key === 'callee' ? member.parentPath : undefined;
  const [first] = call?.isCallExpression() ? call.get('arguments') : [];
  const value = first && withoutTypes(first);
  return value?.isIdentifier() === true && (looksLikeRequest(value.node.name) || isUniqueKey(value));
}

import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Judged, Plan, Problem } from '../../migration.ts';
import { type AgentFlow, followAtOnce, followHeld } from '../../flow/fates/agent-flow.ts';
import { definitionOfThis } from '../../survey/code/definitions.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { changedByUsers } from '../../flow/effects/changed-by-users.ts';
import { callsOfBuilder } from '../builders/builder-calls.ts';
import { isCalledUnseen } from '../builders/callers-problem.ts';
import { withTypes } from '../../survey/code/wrappers.ts';
import { callsOfHandedOver, isHandedOver, isParameterDefault } from '../builders/handed-over.ts';
import { isAccessor, usedElsewhereProblem } from '../builders/field-uses.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { manual } from '../rules/manual.ts';

/** How many functions may give an agent on before nothing is said of it. */
const MAX_CALLS = 200;

/**
 * A place beside a cache that gives its agent at once: nothing has to wait, so nothing around it changes. It is rewired
 * unless somebody treats the agent as their own, here, in the instance that keeps it, or where it is given to.
 */
export function planAtOnce(expression: NodePath, migration: Judged): Plan {
  const problem = ownedProblem(expression, migration);
  return problem ? manual(problem) : { form: 'promise' };
}

/** Why an agent is not to be shared, wherever it goes from its place; undefined where all of it is seen to be harmless. */
export function ownedProblem(expression: NodePath, migration: Judged): Problem | undefined {
  const fn = expression.getFunctionParent() ?? undefined;
  const around = definitionOfThis(expression);
  const owner = around?.kind === 'instance' ? around : undefined;
  const flow = followAtOnce(expression, { fn, owner }, migration);
  if (flow.problem) return flow.problem;
  const elsewhere = usedElsewhereProblem(expression, owner, migration);
  if (elsewhere) return elsewhere;
  if (!flow.returned || !fn) return undefined;
  if (!isAccessor(fn)) return givenProblem(fn, flow, migration);
  // Those of instances were asked for by their name.
  return owner ? undefined : reasonAt('given-to-unknown-callers', fn, migration);
}

/** Why an agent that a function gives to its callers is not to be shared: one of them changes it, or cannot be found. */
function givenProblem(fn: FunctionPath, flow: AgentFlow, migration: Judged): Problem | undefined {
  const seen = new Set<t.Node>();
  const pending = [{ fn, given: flow.given }];
  for (let next = pending.pop(); next && seen.size < MAX_CALLS; next = pending.pop()) {
    if (seen.has(next.fn.node)) continue;
    seen.add(next.fn.node);
    const found = callsOfBuilder(next.fn, migration) ?? callsWhereHandedOver(next.fn, migration);
    if (!found) return reasonAt('given-to-unknown-callers', next.fn, migration);
    const unseen = isCalledUnseen(next.fn, found.calls, migration) ? next.fn : undefined;
    const blocking = found.blocking ?? unseen;
    if (blocking) return reasonAt('given-to-unknown-callers', blocking, migration);
    for (const call of found.calls) {
      const caller = call.getFunctionParent() ?? undefined;
      const held = followHeld(call, next.given, caller, migration);
      const isItself = next.given.every((path) => path.length === 0);
      const origin = isItself ? call : flow.origin;
      const problem = held.problem ?? changedByUsers(origin, migration, [origin], call);
      if (problem) return problem;
      const givenOn = held.givenOn ?? [];
      if (givenOn.length > 0 && caller) pending.push({ fn: caller, given: givenOn });
    }
  }
  return undefined;
}

/** The calls of a function that is handed over, alone or in objects, to where those are seen. */
function callsWhereHandedOver(
  fn: FunctionPath,
  migration: Judged,
): { calls: readonly NodePath[]; blocking?: NodePath } | undefined {
  const value = withTypes(fn);
  return isHandedOver(value) || isParameterDefault(value) ? callsOfHandedOver(value, migration) : undefined;
}

import type { NodePath } from '@babel/traverse';
import type { Migration, Plan, Surveyed } from '../../migration.ts';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { planInAsync } from './async-plan.ts';
import { chainEach } from './chain-plan.ts';
import { firstDeferred } from './first-use.ts';
import { containsThrow } from '../../survey/functions/failure-handlers.ts';
import { isHandler } from '../../survey/functions/handlers.ts';
import { callThatDrops } from '../promotion/lost-rejection.ts';
import { canPassErrors } from '../promotion/passing-errors.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { listCallbackProblem, promotionProblem } from '../promotion/promotion.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { manual } from '../rules/manual.ts';

/**
 * In a function that is not async the agent's calls are chained, or the function becomes async where nobody sees the
 * difference.
 */
export function planInSync(
  expression: NodePath,
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Migration,
): Plan {
  const plan = planAsItIs(expression, fn, flow, migration);
  if (plan.form !== 'manual' || migration.passing.has(fn.node) || !canPassErrors(fn, migration)) return plan;
  migration.passing.add(fn.node);
  const passing = planAsItIs(expression, fn, flow, migration);
  if (passing.form !== 'manual') return passing;
  migration.passing.delete(fn.node);
  return plan;
}

function planAsItIs(expression: NodePath, fn: FunctionPath, flow: AgentFlow, migration: Migration): Plan {
  const listProblem = listCallbackProblem(fn);
  if (listProblem) return manual(listProblem);
  const deferred = firstDeferred(expression, fn, flow);
  if (deferred)
    return canFollow(fn, migration)
      ? { form: 'await', promote: fn }
      : manual(reasonAt('failure-deferred', deferred, migration));
  const chain = chainEach(expression, fn, flow, migration);
  if (chain && chain.calls.length + chain.awaited.length === 1) return chain;
  const asAsync = planInAsync(expression, fn, flow, migration);
  if (isWithin(asAsync)) return asAsync;
  const dropping = isHandler(fn) ? undefined : callThatDrops(fn, migration);
  const problem =
    promotionProblem(fn, migration) ?? (dropping && reasonAt('called-without-waiting', dropping, migration));
  // What a helper throws at once, its callers may not expect of its promise.
  const isChained = chain && !isHandler(fn) && containsThrow(fn.node.body);
  if (!problem && asAsync.form !== 'manual' && !isChained) return promoted(asAsync, fn);
  return chain ?? (problem ? manual(problem) : asAsync);
}

/** Whether the agent is only awaited in async functions within the one that built it. */
function isWithin(plan: Plan): boolean {
  return plan.form === 'move' && plan.before.every((place) => place.getFunctionParent()?.node.async);
}

function promoted(plan: Plan, fn: FunctionPath): Plan {
  return plan.form === 'await' || plan.form === 'move' ? { ...plan, promote: fn } : plan;
}

/** Whether a function may become async: all of its callers are seen, and wait for it. */
function canFollow(fn: FunctionPath, migration: Surveyed): boolean {
  return !promotionProblem(fn, migration) && !callThatDrops(fn, migration);
}

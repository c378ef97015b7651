import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { ChainedCall, Migration, Plan, Problem, Source } from '../../migration.ts';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { lostErrorProblem } from '../promotion/express.ts';
import { ownDeclarator } from '../../survey/code/declarations.ts';
import { meetsBothAlike, meetsRejections } from '../promotion/dropped-calls.ts';
import { containsThrow, handlersAround } from '../../survey/functions/failure-handlers.ts';
import { callThatHandlesRejections } from '../promotion/met-otherwise.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { mayFail } from '../../flow/failures/construction-failure.ts';
import { failsAsWhole, isGathered } from '../../flow/failures/promises-awaited-together.ts';
import { isHandler } from '../../survey/functions/handlers.ts';
import { isInLaterCallback } from '../../survey/functions/later-callbacks.ts';
import { isCaughtByChain } from '../../flow/failures/passes-promise-on.ts';
import { canPassErrors } from '../promotion/passing-errors.ts';
import { firstDeferred } from './first-use.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isQuiet } from '../../survey/code/quiet.ts';
import { promotionProblem } from '../promotion/promotion.ts';
import { manual } from '../rules/manual.ts';

/**
 * The agent awaited where it was got, for what fails there to be answered as before; undefined where it has to be
 * awaited as `plan` says.
 */
export function planInPlace(
  expression: NodePath,
  fn: FunctionPath,
  { plan, flow, migration }: { plan: Plan; flow: AgentFlow; migration: Migration },
): Plan | undefined {
  // Callbacks that go on long after the function would keep one agent.
  const isKept = !isHandler(fn) && flow.uses.some((use) => isInLaterCallback(use, fn));
  const isDeferred = firstDeferred(expression, fn, flow) !== undefined;
  if (
    isDeferred ||
    isKept ||
    (plan.form === 'chain' && isGathered(expression) && failsAsWhole(expression, migration))
  )
    return undefined;
  const lost = lostErrorProblem(expression, fn, migration);
  if (lost) return plan.form === 'chain' ? planPassing(expression, fn, { plan, lost, migration }) : undefined;
  if (fn.node.async) return { form: 'await' };
  if (plan.form === 'manual' || promotionProblem(fn, migration)) return undefined;
  const handling = callThatHandlesRejections(fn, migration);
  if (handling && mayFail(expression, migration))
    return manual(reasonAt('failure-met-otherwise', handling, migration));
  if (plan.form === 'chain') {
    const isSame = isSameWithin(expression, fn, plan.calls);
    if (isSame || (!isHandler(fn) && !mayReject(fn, migration))) return undefined;
  }
  return { form: 'await', promote: fn };
}

/**
 * Express would lose the error of an async handler, which gets a `try` for it where its chains would answer that; one
 * that has no `next` is left.
 */
function planPassing(
  expression: NodePath,
  fn: FunctionPath,
  { plan, lost, migration }: { plan: Extract<Plan, { form: 'chain' }>; lost: Problem; migration: Migration },
): Plan | undefined {
  if (isSameWithin(expression, fn, plan.calls)) return undefined;
  if (!canPassErrors(fn, migration)) return manual(lost);
  migration.passing.add(fn.node);
  if (!promotionProblem(fn, migration)) return { form: 'await', promote: fn };
  migration.passing.delete(fn.node);
  return undefined;
}

/** Whether a helper's callers meet what it throws at once in its promise as well. */
function mayReject(fn: FunctionPath, source: Source): boolean {
  return containsThrow(fn.node.body) ? meetsBothAlike(fn, source) : meetsRejections(fn, source);
}

/** Whether a failure to get the agent comes out of the function as before from where its calls are chained. */
export function isSameWithin(expression: NodePath, fn: FunctionPath, calls: readonly ChainedCall[]): boolean {
  return calls.every(({ call }) => {
    // A callback may never be called.
    if (isLater(call, expression) || isHandled(call, fn)) return false;
    return !mayLeaveBetween(expression, call);
  });
}

/** Whether the function may end or fail after the agent was built, and before it is called. */
function mayLeaveBetween(expression: NodePath, call: NodePath): boolean {
  const statement = ownDeclarator(expression)?.statement;
  const list = statement?.container;
  const until = call.findParent(({ container }) => container === list)?.key;
  if (!Array.isArray(list) || typeof statement?.key !== 'number' || typeof until !== 'number') return false;
  return !(list as t.Statement[])
    .slice(statement.key + 1, until)
    .every((node) => isQuiet(node, statement.scope));
}

function isLater(call: NodePath, expression: NodePath): boolean {
  return call.getFunctionParent()?.node !== expression.getFunctionParent()?.node;
}

/** Whether a failure is answered otherwise than that of the function: a handler's `.catch(next)` answers it alike. */
function isHandled(call: NodePath, fn: FunctionPath): boolean {
  return (!isHandler(fn) && isCaughtByChain(call)) || handlersAround(call, fn).length > 0;
}

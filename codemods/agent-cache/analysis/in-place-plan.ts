import type { NodePath } from '@babel/traverse';
import type { Migration, Plan } from '../migration.ts';
import type { AgentFlow } from './agent-flow.ts';
import { lostErrorProblem } from './express.ts';
import { handlersAround } from './failure-handlers.ts';
import { isGathered } from './gathered.ts';
import { isHandler } from './handlers.ts';
import { isInLaterCallback } from './later-callbacks.ts';
import { isCaughtByChain } from './passes-promise-on.ts';
import type { FunctionPath } from './placement.ts';
import { promotionProblem } from './promotion.ts';

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
  if (isKept || (plan.form === 'chain' && isGathered(expression))) return undefined;
  if (lostErrorProblem(expression, fn, migration)) return undefined;
  if (fn.node.async) return { form: 'await' };
  // What a helper threw at once, its callers may not expect of its promise: a chain may handle that itself.
  const isSafe =
    plan.form === 'chain' && (!isHandler(fn) || !plan.calls.some(({ call }) => isHandled(call, fn)));
  if (plan.form === 'manual' || isSafe || promotionProblem(fn, migration)) return undefined;
  return { form: 'await', promote: fn };
}

function isHandled(call: NodePath, fn: FunctionPath): boolean {
  return isCaughtByChain(call) || handlersAround(call, fn).length > 0;
}

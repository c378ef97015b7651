import type { NodePath } from '@babel/traverse';
import type { Migration, Plan, Problem } from '../../migration.ts';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import { followAgent } from '../../flow/fates/agent-flow.ts';
import { type FunctionPath, placementOf } from '../../survey/code/placement.ts';
import { outermostSame } from '../../survey/code/wrappers.ts';
import { handlersAround } from '../../survey/functions/failure-handlers.ts';
import { handlerUses } from '../promotion/handler-uses.ts';
import { planInAsync } from './async-plan.ts';
import { manual } from '../rules/manual.ts';
import { returnsIn } from '../../survey/code/returned-values.ts';

/** How many functions may give on what an async one chose. */
const MAX_DEPTH = 4;

/**
 * An async function that gives a new agent among other things (`return live ? new Agent() : new Stub()`) awaits the
 * cached one there, when each use of it is a call whose caller does not treat the agent as its own. Undefined where that
 * cannot be shown.
 */
export function planInChoice(expression: NodePath, fn: FunctionPath, migration: Migration): Plan | undefined {
  const { node } = fn;
  if (!node.async || node.generator || !migration.project || !isChosen(expression, fn)) return undefined;
  if (!creationOnlyBuilds(migration) && handlersAround(expression, fn).length > 0) return undefined;
  const problem = problemOfCallers(fn, migration, MAX_DEPTH);
  if (problem === 'unknown') return undefined;
  return problem ? manual(problem) : { form: 'await' };
}

/** Returned as it is, on a condition: there is something else that the function may give. */
function isChosen(expression: NodePath, fn: FunctionPath): boolean {
  let value = outermostSame(expression);
  let isConditional = false;
  while (value.parentPath?.isConditionalExpression() && value.key !== 'test') {
    isConditional = true;
    value = outermostSame(value.parentPath);
  }
  const { parentPath: parent } = value;
  const isResult = parent?.isArrowFunctionExpression() && value.key === 'body';
  if (!parent?.isReturnStatement() && !isResult) return false;
  return isConditional || returnsIn(fn).length > 1;
}

function problemOfCallers(
  fn: FunctionPath,
  migration: Migration,
  depth: number,
): Problem | 'unknown' | undefined {
  if (depth === 0) return 'unknown';
  for (const { form, at } of handlerUses(fn, migration)) {
    if (form !== 'call') return 'unknown';
    const placement = placementOf(at);
    if ('problem' in placement) return 'unknown';
    const { fn: caller } = placement;
    const flow = followAgent(at, migration);
    if (flow.problem) return flow.problem;
    if (flow.returned) {
      const outer =
        caller.node.async && flow.given.length === 0
          ? problemOfCallers(caller, migration, depth - 1)
          : 'unknown';
      if (outer) return outer;
    } else if (!creationOnlyBuilds(migration)) {
      // Where the cache connects, a failure has to be met where the agent's first call was.
      if (!caller.node.async || planInAsync(at, caller, flow, migration).form !== 'await') return 'unknown';
    }
  }
  return undefined;
}

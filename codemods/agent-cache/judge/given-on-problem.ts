import type { NodePath } from '@babel/traverse';
import type { Migration, Problem } from '../migration.ts';
import { type AgentFlow, followAgent } from '../flow/fates/agent-flow.ts';
import { type FunctionPath, placementOf } from '../survey/code/placement.ts';
import { chainedAround } from '../survey/functions/builders.ts';
import { outermostSame, withTypes } from '../survey/code/wrappers.ts';
import { callersOfReturned } from './builders/callers-problem.ts';
import { givenFactoryProblem } from './passed-factories/given-factory.ts';
import { gatheredAround, gatheredProblem } from './passed-factories/given-to-callback.ts';
import { isHandedOver } from './builders/handed-over.ts';

/**
 * Why a function that gives on what an async factory gave may give it to somebody who takes it as his own, as a pool
 * does; undefined where all who get it are seen, and none of them does.
 */
export function givenOnProblem(fn: FunctionPath, flow: AgentFlow, migration: Migration): Problem | undefined {
  // The calls of a factory are places of their own.
  if (!flow.returned || migration.factories.some((each) => each.fn.node === fn.node)) return undefined;
  const chained = chainedAround(fn);
  if (chained) return resultProblem(chained, migration);
  const called = calledAtOnce(fn);
  if (called) return resultProblem(called, migration);
  const value = withTypes(fn);
  const gathered = gatheredAround(value);
  if (gathered) return gatheredProblem(gathered, migration);
  const isGiven = value.listKey === 'arguments' && isHandedOver(value);
  return isGiven
    ? givenFactoryProblem({ value, async: true }, migration)
    : callersOfReturned(fn, flow, migration);
}

/** What becomes of an agent that a call in another function gave, up to where that gives it on. */
function resultProblem(call: NodePath, migration: Migration): Problem | undefined {
  const placement = placementOf(call);
  const flow = followAgent(call, migration);
  if (flow.problem || 'problem' in placement) return flow.problem;
  return givenOnProblem(placement.fn, flow, migration);
}

/** `(async () => make())()` */
function calledAtOnce(fn: NodePath): NodePath | undefined {
  const value = outermostSame(fn);
  return value.parentPath?.isCallExpression() && value.key === 'callee' ? value.parentPath : undefined;
}

import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import { goesByError } from '../../flow/failures/goes-by-error.ts';
import type { Problem, Surveyed } from '../../migration.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isAttached } from './attached-problem.ts';
import { type FailureHandler, handlersAround } from '../../survey/functions/failure-handlers.ts';

/**
 * Why a place is left where what handles its failure goes by what failed: today that is what the constructor throws, and
 * where the cache connects what it awaits fails there as well, which the code met where it first called the agent.
 */
export function toldApartProblem(
  expression: NodePath,
  fn: FunctionPath,
  { uses, returned }: AgentFlow,
  migration: Surveyed,
): Problem | undefined {
  const handlers = handlersAround(expression, fn);
  if (handlers.length === 0 || creationOnlyBuilds(migration)) return undefined;
  const isElsewhere = returned || uses.length === 0 || [expression, ...uses].some(isAttached);
  const beyond = handlers.filter(
    (each) => isElsewhere || uses.some((use) => !use.isDescendant(handledBy(each))),
  );
  const asked = beyond.map((each) => goesByError(each, migration)).find(Boolean);
  return asked && reasonAt('failure-told-apart', asked, migration);
}

/** The same of a function that builds agents for others, whose `catch` is all that it does beside that. */
export function guardProblem(guard: NodePath<t.CatchClause>, migration: Surveyed): Problem | undefined {
  if (creationOnlyBuilds(migration)) return undefined;
  const asked = goesByError(guard.parentPath as NodePath<t.TryStatement>, migration);
  return asked && reasonAt('failure-told-apart', asked, migration);
}

/** What a handler handles the failure of. */
function handledBy(handler: FailureHandler): NodePath {
  return handler.isTryStatement() ? handler.get('block') : (handler.get('callee') as NodePath);
}

import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration, Plan } from '../../migration.ts';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { lostErrorProblem } from '../promotion/express.ts';
import { type FailureHandler, handlersAround } from '../../survey/functions/failure-handlers.ts';
import { reachedUses } from './first-use.ts';
import { holdersBefore } from './holders.ts';
import { isInLaterCallback } from '../../survey/functions/later-callbacks.ts';
import { triesWith } from './moving.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { manual } from '../rules/manual.ts';

/**
 * Where an agent is first called by what holds it (`service.list()`, `tasks.load()`), and the failure of that is
 * handled: it moves there with what holds it, or is left. Undefined where neither holds.
 */
export function planForHeld(
  expression: NodePath,
  fn: FunctionPath,
  flow: AgentFlow,
  migration: Migration,
): Plan | undefined {
  const all = flow.uses.length > 0 ? flow.uses : [expression];
  const direct = new Set(all.map(({ node }) => node));
  const reached = reachedUses(
    all.filter((use) => !isInLaterCallback(use, fn)),
    fn,
  ).filter(({ node }) => node !== expression.node);
  const own = new Set<t.Node>(handlersAround(expression, fn).map(({ node }) => node));
  const handlersOf = (use: NodePath): FailureHandler[] =>
    handlersAround(use, fn).filter(({ node }) => !own.has(node));
  const [first] = reached;
  if (!first || direct.has(first.node) || handlersOf(first).length === 0) return undefined;
  const tries = triesWith(reached.map((use) => ({ use, handlers: handlersOf(use) })));
  const [place] = tries ?? [];
  const along = place && holdersBefore(place, expression, flow.uses, migration);
  if (!tries || tries.length > 1 || !place || !along || along.length === 0)
    return manual(reasonAt('failure-escapes', handlersOf(first)[0] ?? first, migration));
  const problem = lostErrorProblem(place, fn, migration);
  return problem ? manual(problem) : { form: 'move', before: tries, along };
}

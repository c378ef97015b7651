import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Plan, Surveyed } from '../../migration.ts';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { chainEach } from './chain-plan.ts';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import { ownDeclarator } from '../../survey/code/declarations.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isQuiet } from '../../survey/code/quiet.ts';
import { startedBefore } from './started-promises.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { manual } from '../rules/manual.ts';

/**
 * The plan, where no promise is started before its `await` and handled after it only: such a one may be rejected while
 * the agent connects, and nobody would listen. Otherwise the agent's calls are chained, or it is awaited first.
 */
export function besidePending(
  plan: Plan,
  { expression, fn, flow }: { expression: NodePath; fn: FunctionPath; flow: AgentFlow },
  migration: Surveyed,
): Plan {
  const places = placesOf(plan, expression);
  if (places.length === 0 || creationOnlyBuilds(migration)) return plan;
  const started = places.flatMap((place) => startedBefore(place, fn, migration));
  const [first] = started;
  if (!first) return plan;
  const chain = chainEach(expression, fn, flow, migration, { mayAwait: false });
  if (chain) return chain;
  const statement = first.getStatementParent();
  if (statement && comesFirst(statement, expression, started)) {
    const promote = 'promote' in plan && plan.promote && { promote: plan.promote };
    const isFirst = startOf(expression) < startOf(first);
    return isFirst ? { form: 'await', ...promote } : { form: 'move', before: [statement], ...promote };
  }
  return manual(reasonAt('promise-pending', statement ?? first, migration));
}

/** Where a plan puts an `await` of the agent. */
function placesOf(plan: Plan, expression: NodePath): readonly NodePath[] {
  if (plan.form === 'move') return plan.before;
  if (plan.form === 'chain') return plan.awaited;
  return plan.form === 'await' ? [expression] : [];
}

function startOf({ node }: NodePath): number {
  return node.start ?? 0;
}

/** Whether the agent can be awaited before the first promise: nothing between it and its declaration can leave. */
function comesFirst(
  first: NodePath<t.Statement>,
  expression: NodePath,
  started: readonly NodePath[],
): boolean {
  const statement = ownDeclarator(expression)?.statement;
  const list: unknown = first.container;
  if (!statement || statement.container !== list || !Array.isArray(list)) return false;
  const [from, to] = [Number(first.key), Number(statement.key)].sort((a, b) => a - b);
  const between = (list as t.Statement[]).slice(from, to).filter((node) => node !== statement.node);
  return between.every(
    (node) => started.some((each) => each.getStatementParent()?.node === node) || isQuiet(node, first.scope),
  );
}

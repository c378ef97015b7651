import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Migration, Plan } from '../../migration.ts';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { consumesPromise } from '../../survey/functions/callers.ts';
import { chainEach } from './chain-plan.ts';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import { isInStatementList, ownDeclarator } from '../../survey/code/declarations.ts';
import { manual } from '../../flow/failures/escape-problems.ts';
import { isCaughtByChain } from '../../flow/failures/passes-promise-on.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { isQuiet } from '../../survey/code/quiet.ts';
import { waitsBetween } from '../../survey/code/shared-state.ts';
import { reason } from '../../reasons/reason.ts';
import { placeAt } from '../../survey/code/place-at.ts';

type Started = NodePath<t.VariableDeclaration>;

/**
 * The plan, where no promise is started before its `await` and handled after it only: such a one may be rejected while
 * the agent connects, and nobody would listen. Otherwise the agent's calls are chained, or it is awaited first.
 */
export function besidePending(
  plan: Plan,
  { expression, fn, flow }: { expression: NodePath; fn: FunctionPath; flow: AgentFlow },
  migration: Migration,
): Plan {
  if ((plan.form !== 'await' && plan.form !== 'move') || creationOnlyBuilds(migration)) return plan;
  const places = plan.form === 'move' ? plan.before : [expression];
  const started = places.flatMap((place) => startedBefore(place, fn));
  const [first] = started;
  if (!first) return plan;
  const chain = chainEach(expression, fn, flow, migration, { mayAwait: false });
  if (chain) return chain;
  if (comesFirst(first, expression, started)) {
    const promote = plan.promote && { promote: plan.promote };
    const isFirst = startOf(expression) < startOf(first);
    return isFirst ? { form: 'await', ...promote } : { form: 'move', before: [first], ...promote };
  }
  return manual(reason('promise-pending', [placeAt(first, migration)]));
}

/** The declarations of promises before a place that are handled behind it only, in the order of the text. */
function startedBefore(place: NodePath, fn: FunctionPath): Started[] {
  const found: Started[] = [];
  for (let at: NodePath | null = place; at && at.node !== fn.node; at = at.parentPath) {
    if (!at.isStatement() || !isInStatementList(at)) continue;
    const before = at.getAllPrevSiblings().filter((each) => each.isVariableDeclaration());
    found.unshift(...before.reverse().filter((each) => isHandledBehind(each, place, fn)));
  }
  return found;
}

function isHandledBehind(declaration: Started, place: NodePath, fn: FunctionPath): boolean {
  const from = startOf(place);
  return declaration.get('declarations').some(({ node: { id, init } }) => {
    if (id.type !== 'Identifier' || init?.type !== 'CallExpression') return false;
    const uses = declaration.scope.getBinding(id.name)?.referencePaths ?? [];
    const handled = uses.filter((use) => isWaitedFor(use) || isCaughtByChain(use));
    const first = Math.min(...handled.map(startOf));
    // Where the function waits for something else in between already, nobody listens now.
    return handled.length > 0 && first > from && !waitsBetween(fn.node.body, from, first);
  });
}

/** Whether a promise, or a list of them, is waited for. */
function isWaitedFor(use: NodePath): boolean {
  return consumesPromise(use.parentPath?.isSpreadElement() ? use.parentPath : use);
}

function startOf({ node }: NodePath): number {
  return node.start ?? 0;
}

/** Whether the agent can be awaited before the first promise: nothing between it and its declaration can leave. */
function comesFirst(first: Started, expression: NodePath, started: readonly Started[]): boolean {
  const statement = ownDeclarator(expression)?.statement;
  const list: unknown = first.container;
  if (!statement || statement.container !== list || !Array.isArray(list)) return false;
  const [from, to] = [Number(first.key), Number(statement.key)].sort((a, b) => a - b);
  const between = (list as t.Statement[]).slice(from, to).filter((node) => node !== statement.node);
  return between.every((node) => started.some((each) => each.node === node) || isQuiet(node, first.scope));
}

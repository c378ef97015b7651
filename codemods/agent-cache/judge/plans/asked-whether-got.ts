import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { AgentFlow } from '../../flow/fates/agent-flow.ts';
import { isCalled } from '../../flow/failures/chaining.ts';
import type { Plan, Surveyed } from '../../migration.ts';
import { creationOnlyBuilds } from '../../flow/effects/creation-only-builds.ts';
import { reasonAt } from '../../survey/code/place-at.ts';
import { isOfSame, stateIn, type StateUse, usesOf } from '../../survey/code/shared-state.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { handlersAround } from '../../survey/functions/failure-handlers.ts';
import { manual } from '../rules/manual.ts';

/**
 * Leaves a place whose agent is put into what a `catch`, a `finally` or the code behind a `try` reads: today the agent is
 * there when its first call fails, and where it connects while it is awaited, it would not be.
 */
export function keepingWhatIsGot(
  plan: Plan,
  { expression, fn, flow }: { expression: NodePath; fn: FunctionPath; flow: AgentFlow },
  migration: Surveyed,
): Plan {
  if ((plan.form !== 'await' && plan.form !== 'move') || creationOnlyBuilds(migration)) return plan;
  const tries = handlersAround(expression, fn).filter((each) => each.isTryStatement());
  if (tries.length === 0) return plan;
  const state = stateIn(fn);
  const written = [
    ...writtenWith(expression, state),
    ...(plan.form === 'await' ? writtenBetween(expression, flow, state) : []),
  ];
  if (written.length === 0) return plan;
  // Functions within the handler may read a variable too.
  const byName = written.flatMap(({ binding }) => (binding ? usesOf(binding) : []));
  const asked = [...state, ...byName].find(({ at, ...use }) => {
    const isOther = written.every((each) => each.at.node !== at.node);
    return isOther && written.some((each) => isOfSame({ ...use, at }, each) && isReadAfter(at, each, tries));
  });
  return asked ? manual(reasonAt('asked-whether-got', asked.at, migration)) : plan;
}

/** What the assignments around an expression write, within its statement. */
function writtenWith(expression: NodePath, state: readonly StateUse[]): StateUse[] {
  const targets: NodePath[] = [];
  for (let at = expression; at.parentPath && !at.isStatement() && !at.isFunction(); at = at.parentPath) {
    if (at.parentPath.isAssignmentExpression() && at.key === 'right')
      targets.push(at.parentPath.get('left') as NodePath);
  }
  const isIn = (at: NodePath) => targets.some(({ node }) => at.find((outer) => outer.node === node));
  return targets.length === 0 ? [] : state.filter(({ at, isWrite }) => isWrite && isIn(at));
}

/** What is written behind an expression, and before the first call of its agent. */
function writtenBetween(expression: NodePath, { uses }: AgentFlow, state: readonly StateUse[]): StateUse[] {
  const from = expression.node.end ?? 0;
  const first = uses.find((use) => isCalled(use) && (use.node.start ?? 0) > from);
  const until = first?.node.start ?? Infinity;
  return state.filter(({ at: { node }, isWrite }) => isWrite && isWithin(node.start ?? 0, from, until));
}

function isWithin(at: number, from: number, until: number): boolean {
  return at >= from && at < until;
}

/** Whether a place is reached after a failure in a `try`: in what deals with it, behind that, or in the next round. */
function isReadAfter(at: NodePath, written: StateUse, tries: readonly NodePath[]): boolean {
  return tries.some((around) => {
    if (!around.isTryStatement()) return false;
    const { handler, finalizer, end } = around.node;
    const isIn = (part: t.Node | null | undefined) => at.find((outer) => outer.node === part) !== null;
    if ((handler && isIn(handler)) || (finalizer && isIn(finalizer))) return true;
    const last = handler?.body.body.at(-1)?.type;
    if (!handler || last === 'ReturnStatement' || last === 'ThrowStatement') return false;
    const loop = around.findParent((each) => each.isLoop() || each.isFunction());
    const isInLoop = loop?.isLoop() === true && isIn(loop.node);
    const jumps = last === 'ContinueStatement' || last === 'BreakStatement';
    const start = at.node.start ?? 0;
    if (start >= (end ?? 0)) return !(jumps && isInLoop);
    const isNextRound = isInLoop && last !== 'BreakStatement' && start < (written.at.node.start ?? 0);
    return isNextRound && !written.binding?.scope.path.findParent((each) => each.node === loop.node);
  });
}

import type { NodePath } from '@babel/traverse';
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
  { expression, fn }: { expression: NodePath; fn: FunctionPath },
  migration: Surveyed,
): Plan {
  if ((plan.form !== 'await' && plan.form !== 'move') || creationOnlyBuilds(migration)) return plan;
  const tries = handlersAround(expression, fn).filter((each) => each.isTryStatement());
  const written = tries.length > 0 ? writtenWith(expression, fn) : [];
  if (written.length === 0) return plan;
  // Functions within the handler may read a variable too.
  const byName = written.flatMap(({ binding }) => (binding ? usesOf(binding) : []));
  const asked = [...stateIn(fn), ...byName].find(({ at, ...use }) => {
    const isOther = written.every((each) => each.at.node !== at.node);
    return isOther && written.some((each) => isOfSame({ ...use, at }, each)) && tries.some(isReadAfter(at));
  });
  return asked ? manual(reasonAt('asked-whether-got', asked.at, migration)) : plan;
}

/** What the assignments around an expression write, within its statement. */
function writtenWith(expression: NodePath, fn: FunctionPath): StateUse[] {
  const targets: NodePath[] = [];
  for (let at = expression; at.parentPath && !at.isStatement() && !at.isFunction(); at = at.parentPath) {
    if (at.parentPath.isAssignmentExpression() && at.key === 'right')
      targets.push(at.parentPath.get('left') as NodePath);
  }
  if (targets.length === 0) return [];
  const isIn = (at: NodePath) => targets.some(({ node }) => at.find((outer) => outer.node === node));
  return stateIn(fn).filter(({ at, isWrite }) => isWrite && isIn(at));
}

/** Whether a place is reached after a failure in a `try`: in what deals with it, or behind that. */
function isReadAfter(at: NodePath): (around: NodePath) => boolean {
  return (around) => {
    if (!around.isTryStatement()) return false;
    const { node } = around;
    const isWithin = (part: unknown) => at.find((outer) => outer.node === part) !== null;
    if (isWithin(node.handler) || isWithin(node.finalizer)) return true;
    const isBehind = (at.node.start ?? 0) >= (node.end ?? 0);
    const last = node.handler?.body.body.at(-1);
    const isLeft = last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
    return isBehind && node.handler !== null && !isLeft;
  };
}

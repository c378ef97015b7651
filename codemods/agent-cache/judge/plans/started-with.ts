import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { calledFunction } from '../../survey/code/called-code.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { waitsBetween } from '../../survey/code/shared-state.ts';
import { containsThrow } from '../../survey/functions/failure-handlers.ts';

/**
 * The other calls of the agent that start before anything is waited for behind the first:
 * `Promise.all([agent.load(), agent.get(parse(id))])`. What they are given was evaluated whether it could connect or not.
 */
export function startedWith(first: NodePath, uses: readonly NodePath[], fn: FunctionPath): NodePath[] {
  return uses.filter((use) => use.node !== first.node && runsWith(use, first, fn));
}

/**
 * What leaves the function while the first call of the agent is under way, and nothing was waited for: a `return` or
 * `throw`, and a call of a function of the tree that throws. It answered whether that could connect or not.
 */
export function exitBehind(first: NodePath, fn: FunctionPath, source: Source): NodePath | undefined {
  const statement = first.getStatementParent();
  if (!statement || !fn.node.async || !waitsBetween(fn.node.body, startOf(statement), endOf(fn)))
    return undefined;
  let found: NodePath | undefined;
  const note = (path: NodePath) => {
    if (!found && !path.isDescendant(statement) && runsWith(path, first, fn)) found = path;
  };
  for (const next of statement.getAllNextSiblings()) {
    next.traverse({
      Function: (inner) => inner.skip(),
      CallExpression(call) {
        const called = calledFunction(call, source);
        if (called && !called.node.async && containsThrow(called.node.body)) note(call);
      },
      ThrowStatement: note,
      ReturnStatement(end) {
        if (!isLast(end, fn)) note(end);
      },
    });
  }
  return found;
}

/** Whether a place is come to behind the first call before the function waits for anything. */
function runsWith(place: NodePath, first: NodePath, fn: FunctionPath): boolean {
  const from = startOf(first.getStatementParent() ?? first) - 1;
  return (
    place.getFunctionParent()?.node === fn.node &&
    startOf(place) > endOf(first) &&
    !waitsBetween(fn.node.body, from, startOf(place))
  );
}

/** Whether a `return` is the end of the function in any case. */
function isLast({ parentPath, key, container }: NodePath, fn: FunctionPath): boolean {
  return parentPath?.parent === fn.node && Array.isArray(container) && key === container.length - 1;
}

function startOf({ node }: NodePath): number {
  return node.start ?? 0;
}

function endOf({ node }: NodePath): number {
  return node.end ?? 0;
}

import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isMember, isWritten, propertyName } from '../../code/members.ts';
import { outermostSame } from '../../code/wrappers.ts';
import { SOME, type Way } from './way.ts';

/**
 * Whether what stands at an expression has been done when a place of its function is reached, and is not done again behind
 * it; what the place is given counts as done.
 */
export function isDoneAt(expression: NodePath, place: NodePath): boolean {
  if (programOf(expression) !== programOf(place)) return false;
  if (isWithin(expression.node, place.node)) return true;
  const fn = place.getFunctionParent()?.node;
  if (expression.getFunctionParent()?.node !== fn || startOf(expression.node) > startOf(place.node))
    return false;
  const loop = place.findParent((each) => each.isLoop() || each.node === fn);
  return !loop?.isLoop() || !isWithin(expression.node, loop.node);
}

/** Whether a change is made while its file loads, of a member that the code does not name. */
export function isDoneAtLoad(expression: NodePath, { names }: Way): boolean {
  if (expression.getFunctionParent()) return false;
  const { parentPath: member } = outermostSame(expression);
  const isNamed = isMember(member) && isWritten(member) && propertyName(member.node) !== undefined;
  return !isNamed || names.includes(SOME);
}

function isWithin(inner: t.Node, outer: t.Node): boolean {
  return startOf(inner) >= startOf(outer) && (inner.end ?? 0) <= (outer.end ?? 0);
}

function startOf({ start }: t.Node): number {
  return start ?? 0;
}

function programOf({ scope }: NodePath): t.Node {
  return scope.getProgramParent().block;
}

import type { NodePath } from '@babel/traverse';
import { isMember, propertyName } from '../../code/members.ts';
import { outermostSame } from '../../code/wrappers.ts';

/** Whether a value is given to a call. */
export function isArgument(expression: NodePath): boolean {
  return outermostSame(expression).listKey === 'arguments';
}

/** Whether it is, or a method of it is called. */
export function isOfCall(expression: NodePath): boolean {
  const { parentPath: member } = outermostSame(expression);
  return isArgument(expression) || (isMember(member) && member.key === 'callee');
}

/** Whether a function is made that changes a value whenever it is called: `fill.bind(null, settings)`. */
export function isBound(expression: NodePath): boolean {
  const { parentPath: call } = outermostSame(expression);
  const callee = call?.isCallExpression() ? call.get('callee') : undefined;
  return callee?.isMemberExpression() === true && propertyName(callee.node) === 'bind';
}

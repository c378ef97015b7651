import type { NodePath } from '@babel/traverse';

/** Whether a function gives a value to its caller as it is: it is returned, or the body of an arrow function. */
export function isGivenBack({ parentPath: parent, key }: NodePath): boolean {
  return (
    parent?.isReturnStatement() === true || (parent?.isArrowFunctionExpression() === true && key === 'body')
  );
}

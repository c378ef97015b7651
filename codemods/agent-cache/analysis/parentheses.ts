import type { NodePath } from '@babel/traverse';

/** Whether an `await` in place of the expression needs parentheses, for its meaning or by the formatters' rules. */
export function needsParentheses(expression: NodePath): boolean {
  const { parentPath, key, node } = expression;
  if (!parentPath || node.extra?.parenthesized) return false;
  if (parentPath.isMemberExpression() || parentPath.isOptionalMemberExpression()) return key === 'object';
  if (
    parentPath.isCallExpression() ||
    parentPath.isOptionalCallExpression() ||
    parentPath.isNewExpression()
  ) {
    return key === 'callee';
  }
  if (parentPath.isConditionalExpression()) return key === 'test';
  return (
    parentPath.isTaggedTemplateExpression() ||
    parentPath.isUnaryExpression() ||
    parentPath.isLogicalExpression() ||
    parentPath.isBinaryExpression() ||
    parentPath.isSpreadElement() ||
    parentPath.isTSAsExpression() ||
    parentPath.isTSSatisfiesExpression() ||
    parentPath.isTSNonNullExpression()
  );
}

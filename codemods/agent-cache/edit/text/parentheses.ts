import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { rangeOf, textOf } from '../../source/edit.ts';

/** The text of an `await` in place of an expression, with what it needs around it. */
export function awaitedText(source: Source, expression: NodePath, acquired: string): string {
  if (!needsParentheses(expression)) return `await ${acquired}`;
  return `${startsOpenLine(source, expression) ? ';' : ''}(await ${acquired})`;
}

/** Whether a parenthesis at the place would make the line before it, which has no semicolon, a call. */
function startsOpenLine(source: Source, expression: NodePath): boolean {
  const statement = expression.getStatementParent();
  if (!statement?.isExpressionStatement() || rangeOf(statement.node).start !== rangeOf(expression.node).start)
    return false;
  const previous = statement.getPrevSibling();
  return (
    /^(Variable|Expression|Return|Throw|Import|Export)/.test(previous.type ?? '') &&
    !textOf(source, previous.node).endsWith(';')
  );
}

/** Whether an `await` in place of the expression needs parentheses, for its meaning or by the formatters' rules. */
function needsParentheses(expression: NodePath): boolean {
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

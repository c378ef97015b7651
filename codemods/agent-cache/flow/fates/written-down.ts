import type { NodePath } from '@babel/traverse';
import { isErrorMade, isLogCall, makesText } from '../../survey/code/log-calls.ts';
import { withTypes } from '../../survey/code/wrappers.ts';
import { isDropped } from '../../survey/functions/later-callbacks.ts';

/** Whether a value goes nowhere but into a line of a log, or into the text of an error. */
export function isWrittenDown(place: NodePath): boolean {
  const value = withTypes(place);
  const { parentPath: parent, key, listKey } = value;
  if (!parent) return false;
  if (parent.isCallExpression() && listKey === 'arguments')
    return (isLogCall(parent.node) && isDropped(parent)) || (makesText(parent.node) && isWrittenDown(parent));
  if (parent.isNewExpression()) return listKey === 'arguments' && isErrorMade(parent.node);
  const isWithin =
    parent.isTemplateLiteral() ||
    parent.isBinaryExpression({ operator: '+' }) ||
    parent.isObjectExpression() ||
    parent.isArrayExpression() ||
    (parent.isObjectProperty() && key === 'value') ||
    parent.isLogicalExpression();
  return isWithin && isWrittenDown(parent);
}

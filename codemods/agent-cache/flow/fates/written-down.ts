import type { NodePath } from '@babel/traverse';
import type { Reading } from '../../migration.ts';
import { calledDefinition } from '../../survey/code/definitions.ts';
import {
  handsErrorOn,
  isErrorMade,
  isLogCall,
  makesText,
  onlyWritesDown,
} from '../../survey/code/log-calls.ts';
import { withTypes } from '../../survey/code/wrappers.ts';
import { isDropped } from '../../survey/functions/later-callbacks.ts';

/** Whether a value goes nowhere but into a line of a log, or into the text of an error. */
export function isWrittenDown(place: NodePath, source: Reading): boolean {
  const value = withTypes(place);
  const { parentPath: parent, key, listKey } = value;
  if (!parent) return false;
  if (parent.isCallExpression() && listKey === 'arguments') {
    if (!isLogCall(parent.node)) return makesText(parent.node) && isWrittenDown(parent, source);
    const called = calledDefinition(parent.get('callee'), source);
    return isDropped(parent) && (called?.kind !== 'function' || onlyWritesDown(called.path.node));
  }
  if (parent.isNewExpression()) {
    const { parentPath: outer } = parent;
    const isHandedOn = outer.isThrowStatement() || (outer.isCallExpression() && handsErrorOn(outer.node));
    return (
      listKey === 'arguments' && isErrorMade(parent.node) && (isHandedOn || isWrittenDown(parent, source))
    );
  }
  const isWithin =
    parent.isTemplateLiteral() ||
    parent.isBinaryExpression({ operator: '+' }) ||
    parent.isObjectExpression() ||
    parent.isArrayExpression() ||
    (parent.isObjectProperty() && key === 'value') ||
    parent.isLogicalExpression();
  return isWithin && isWrittenDown(parent, source);
}

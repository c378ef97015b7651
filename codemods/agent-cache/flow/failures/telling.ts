import type { Binding, NodePath } from '@babel/traverse';
import { bindingOf } from '../../survey/code/bindings.ts';
import { isMember } from '../../survey/code/members.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { calledName } from '../../survey/functions/later-callbacks.ts';

/** Methods that write down what they are given. */
const WRITES_DOWN = /^(log|trace|debug|verbose|info|warn|error|fatal)$/;
/** Methods that answer with what they are given, or report it. */
const TELLS = /^(json|jsonp|send|end|render|write|emit|reject|captureException|recordException|noticeError)$/;

/** Whether a call of that name does no more with an error than to tell of it. */
export function callsOfTelling(name: string): boolean {
  return WRITES_DOWN.test(name) || TELLS.test(name);
}

/** Whether code does no more than to write lines of a log, whichever of them. */
export function isTelling(code: NodePath): boolean {
  if (code.isBlockStatement()) return code.get('body').every(isTelling);
  if (code.isExpressionStatement()) return isTelling(code.get('expression'));
  if (code.isIfStatement() || code.isConditionalExpression()) {
    const { alternate } = code.node;
    const isOther = !alternate || isTelling(code.get('alternate') as NodePath);
    return isOther && isTelling(code.get('consequent') as NodePath);
  }
  if (code.isLogicalExpression()) return isTelling(code.get('right'));
  return code.isCallExpression() && WRITES_DOWN.test(calledName(code));
}

/** The variable on which the way to a value begins: `res` of `res.status(500).json`. */
export function rootOf(value: NodePath): Binding | undefined {
  return bindingOf(beginningOf(value));
}

/** What a chain of members and calls begins with: `z` of `z.object({}).strict()`. */
export function beginningOf(value: NodePath): NodePath {
  const path = withoutTypes(value);
  if (isMember(path)) return beginningOf(path.get('object') as NodePath);
  return path.isCallExpression() || path.isOptionalCallExpression() || path.isNewExpression()
    ? beginningOf(path.get('callee') as NodePath)
    : path;
}

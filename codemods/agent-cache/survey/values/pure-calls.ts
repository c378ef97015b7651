import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { isMember, propertyName } from '../code/members.ts';
import type { FunctionPath } from '../code/placement.ts';

const CONVERSIONS = /^(Number|String|Boolean|BigInt|parseInt|parseFloat)$/;
const TEXT_METHODS =
  /^(trim|trimStart|trimEnd|toLowerCase|toUpperCase|split|replace|replaceAll|slice|substring|padStart|padEnd|concat|toString|startsWith|endsWith|includes)$/;
const STATICS: Readonly<Record<string, RegExp>> = {
  Number: /^(parseInt|parseFloat)$/,
  JSON: /^parse$/,
};

/** Whether a callee is a built-in that gives the same for the same arguments, whatever happens around it. */
export function isPureGlobal(callee: NodePath, isNew: boolean): boolean {
  if (callee.isIdentifier()) {
    const { name } = callee.node;
    if (callee.scope.hasBinding(name, true)) return false;
    return isNew ? name === 'URL' : CONVERSIONS.test(name);
  }
  if (isNew || !isMember(callee)) return false;
  const object = callee.get('object') as NodePath;
  const name =
    object.isIdentifier() && !object.scope.hasBinding(object.node.name, true) ? object.node.name : '';
  return STATICS[name]?.test(propertyName(callee.node) ?? '') ?? false;
}

/** Whether a method of text gives the same for the same text. */
export function isTextMethod(name: string | undefined): boolean {
  return name !== undefined && TEXT_METHODS.test(name);
}

const CALM =
  /^(BlockStatement|ReturnStatement|IfStatement|ThrowStatement|VariableDeclaration|VariableDeclarator|Identifier|(String|Numeric|Boolean|Null|Template|BigInt)Literal|TemplateElement|(Array|Binary|Logical|Object|Unary|Conditional|Member|OptionalMember|TSAs|TSNonNull|TSSatisfies|Parenthesized)Expression|Object(Property|Pattern)|TS\w+)$/;

/** Whether a function gives the same for the same arguments, and does no more than to read the environment or to fail. */
export function isPureFunction(fn: FunctionPath): boolean {
  if (fn.node.async || fn.node.generator) return false;
  if (!fn.node.params.every(({ type }) => type === 'Identifier')) return false;
  let isPure = true;
  const judge = (path: NodePath) => {
    if (isCalm(path, fn)) return;
    isPure = false;
    path.stop();
  };
  const body = fn.get('body') as NodePath;
  judge(body);
  if (isPure) body.traverse({ enter: judge });
  return isPure;
}

/** Whether a part of a function reads what is its own, the environment or a plain constant, or fails. */
export function isCalm(path: NodePath, fn: FunctionPath): boolean {
  const { node } = path;
  if (path.isCallExpression() || path.isNewExpression()) {
    const callee = path.get('callee') as NodePath;
    if (isPureGlobal(callee, path.isNewExpression())) return true;
    if (path.isNewExpression())
      return (
        callee.isIdentifier() && callee.node.name.endsWith('Error') && path.parentPath.isThrowStatement()
      );
    return isMember(callee) && isTextMethod(propertyName(callee.node));
  }
  if (node.type === 'UnaryExpression' && node.operator === 'delete') return false;
  if (!CALM.test(node.type)) return false;
  return !path.isReferencedIdentifier() || isOwnOrFixed(path as NodePath<t.Identifier>, fn);
}

/** A name of the function's own, a built-in, or one that its file gives a plain constant. */
function isOwnOrFixed(path: NodePath<t.Identifier>, fn: FunctionPath): boolean {
  const { name } = path.node;
  const binding = path.scope.getBinding(name);
  if (!binding)
    return /^(process|undefined|NaN|Infinity|JSON|Number|String|Boolean|parseInt|parseFloat|URL|BigInt)$|Error$/.test(
      name,
    );
  if (binding.path.findParent((each) => each.node === fn.node)) return true;
  const declared = binding.path.node;
  if (/^(Import|Class)/.test(declared.type)) return name.endsWith('Error');
  const init = declared.type === 'VariableDeclarator' ? declared.init : undefined;
  return binding.constant && /^(String|Numeric|Boolean)Literal$/.test(init?.type ?? '');
}

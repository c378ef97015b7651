import type * as t from '@babel/types';
import { childrenOf } from '../../source/children.ts';

const HAS_NO_EFFECT =
  /^(\w+Literal|TemplateElement|Identifier|PrivateName|ThisExpression|(Optional)?MemberExpression|(Unary|Binary|Logical|Conditional|Array|Object|Parenthesized|TSAs|TSSatisfies|TSNonNull)Expression|TSTypeAssertion|ObjectProperty|SpreadElement|BlockStatement|EmptyStatement|ReturnStatement|TS(?!Enum|Module|Import|Export)\w+)$/;

/** Whether evaluating the expression has no effect, so that it can go. */
export function isWithoutEffect(node: t.Node): boolean {
  if (/Function|^ObjectMethod$/.test(node.type)) return true;
  if (node.type === 'UnaryExpression' && /^(delete|throw)$/.test(node.operator)) return false;
  if (node.type === 'CallExpression')
    return isConversion(node.callee) && node.arguments.every(isWithoutEffect);
  return HAS_NO_EFFECT.test(node.type) && childrenOf(node).every(isWithoutEffect);
}

function isConversion(callee: t.Node): boolean {
  return callee.type === 'Identifier' && /^(Number|String|Boolean|parseInt|parseFloat)$/.test(callee.name);
}

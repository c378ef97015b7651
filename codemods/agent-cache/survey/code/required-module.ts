import type * as t from '@babel/types';

/** `require('x')` or `require('x').name`, as the initializer of a variable. */
export interface RequiredModule {
  module: t.StringLiteral;
  property: string | undefined;
}

/** Recognises a CommonJS import; undefined for any other expression. */
export function requiredModule(node: t.Node | null | undefined): RequiredModule | undefined {
  if (node?.type === 'MemberExpression' && node.property.type === 'Identifier' && !node.computed) {
    const inner = requiredModule(node.object);
    return inner && inner.property === undefined ? { ...inner, property: node.property.name } : undefined;
  }
  if (node?.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
  const [argument] = node.arguments;
  if (node.callee.name !== 'require' || argument?.type !== 'StringLiteral') return undefined;
  return { module: argument, property: undefined };
}

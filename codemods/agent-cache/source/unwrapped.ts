import type * as t from '@babel/types';

/** The expression in the types that are written around it. */
export function unwrapped(node: t.Node): t.Node {
  const isWrapper =
    /^(TS|Parenthesized|TypeCast)/.test(node.type) &&
    'expression' in node &&
    typeof node.expression === 'object';
  return isWrapper ? unwrapped(node.expression as t.Node) : node;
}

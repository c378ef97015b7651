import type * as t from '@babel/types';

/** The nodes directly below a node. */
export function childrenOf(node: t.Node): t.Node[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    /^(loc|extra|.*[cC]omments)$/.test(key) ? [] : [value].flat().filter(isNode),
  );
}

function isNode(value: unknown): value is t.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

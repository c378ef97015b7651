import type * as t from '@babel/types';

/** The nodes directly below a node. */
export function childrenOf(node: t.Node): t.Node[] {
  const children: t.Node[] = [];
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (typeof value !== 'object' || value === null || isBeside(key)) continue;
    if (!Array.isArray(value)) {
      if (isNode(value)) children.push(value);
      continue;
    }
    for (const each of value as unknown[]) if (isNode(each)) children.push(each);
  }
  return children;
}

/** What the parser notes of a node that is no part of the code. */
function isBeside(key: string): boolean {
  return key === 'loc' || key === 'extra' || key.endsWith('omments');
}

function isNode(value: unknown): value is t.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

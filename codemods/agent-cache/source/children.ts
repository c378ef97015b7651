import * as t from '@babel/types';

/** The nodes directly below a node, in the order of the keys under which Babel walks. */
export function childrenOf(node: t.Node): t.Node[] {
  const children: t.Node[] = [];
  const fields = node as unknown as Record<string, unknown>;
  for (const key of t.VISITOR_KEYS[node.type] ?? []) {
    const value = fields[key];
    if (!Array.isArray(value)) {
      if (isNode(value)) children.push(value);
      continue;
    }
    for (const each of value as unknown[]) if (isNode(each)) children.push(each);
  }
  return children;
}

function isNode(value: unknown): value is t.Node {
  return typeof value === 'object' && value !== null;
}

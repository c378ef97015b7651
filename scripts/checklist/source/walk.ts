import type { Node } from '@babel/types';

/** Calls `visit` with every node below and including `node`, parents first. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const element of value) if (isNode(element)) walk(element, visit);
    } else if (isNode(value)) {
      walk(value, visit);
    }
  }
}

/** Comments and tokens carry a type too, but no code. */
function isNode(value: unknown): value is Node {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  return typeof value.type === 'string' && !value.type.startsWith('Comment');
}

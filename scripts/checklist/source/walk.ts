import type { Node } from '@babel/types';
import { childrenOf } from '../../../codemods/agent-cache/source/children.ts';

/** Calls `visit` with every node below and including `node`, parents first. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
}

/** Whether a value is a node of code. Comments and tokens carry a type too, but no code. */
export function isNode(value: unknown): value is Node {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  return typeof value.type === 'string' && !value.type.startsWith('Comment');
}

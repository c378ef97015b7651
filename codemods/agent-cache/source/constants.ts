import type * as t from '@babel/types';
import { childrenOf } from './children.ts';

/** What the constants of a program are initialized with, by name; a name that several have is none of them. */
export function constantsOf(program: t.Node): ReadonlyMap<string, t.Node> {
  const found = new Map<string, t.Node>();
  const twice = new Set<string>();
  collect(program, found, twice);
  for (const name of twice) found.delete(name);
  return found;
}

function collect(node: t.Node, found: Map<string, t.Node>, twice: Set<string>): void {
  if (node.type === 'VariableDeclaration' && node.kind === 'const') {
    for (const { id, init } of node.declarations) {
      if (id.type !== 'Identifier' || !init) continue;
      if (found.has(id.name)) twice.add(id.name);
      found.set(id.name, init);
    }
  }
  for (const child of childrenOf(node)) collect(child, found, twice);
}

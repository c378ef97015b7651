import type * as t from '@babel/types';
import type { Migration } from '../migration.ts';

/** The offsets of a node in the analysed text. */
export function rangeOf(node: t.Node): { start: number; end: number } {
  return { start: node.start ?? 0, end: node.end ?? 0 };
}

/** The text of a node as it was. */
export function textOf(migration: Migration, node: t.Node): string {
  return migration.text.slice(node.start ?? 0, node.end ?? 0);
}

/** Puts other text in the place of a node, whose references are gone then. */
export function replaceNode(migration: Migration, node: t.Node, text: string): void {
  const { start, end } = rangeOf(node);
  migration.removedNodes.add(node);
  if (migration.text.slice(start, end) !== text) migration.edits.update(start, end, text);
}

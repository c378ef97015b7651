import type * as t from '@babel/types';
import type { Migration, Source } from '../migration.ts';

/** The offsets of a node in the analysed text. */
export function rangeOf(node: t.Node): { start: number; end: number } {
  return { start: node.start ?? 0, end: node.end ?? 0 };
}

/** The text of a node as it was. */
export function textOf(source: Source, node: t.Node): string {
  return source.text.slice(node.start ?? 0, node.end ?? 0);
}

/** Puts other text in the place of a node, whose references are gone then. */
export function replaceNode(migration: Migration, node: t.Node, text: string): void {
  const { start, end } = rangeOf(node);
  migration.removedNodes.add(node);
  if (migration.text.slice(start, end) !== text) migration.edits.update(start, end, text);
}

/**
 * The offset behind a statement. A semicolon that begins the next line, as code without semicolons needs before `(`
 * and `[`, belongs to that line, whatever the parser says.
 */
export function statementEnd({ text }: Source, node: t.Node): number {
  const { start, end } = rangeOf(node);
  const own = /^([\s\S]*?)\s*[\r\n]\s*;$/.exec(text.slice(start, end))?.[1];
  return own === undefined ? end : start + own.length;
}

/** The semicolon that ends a statement itself; nothing where it has none, or only one that begins the next line. */
export function semicolonOf(source: Source, node: t.Node): string {
  return source.text.slice(0, statementEnd(source, node)).endsWith(';') ? ';' : '';
}

import type { Factory, Migration } from '../../migration.ts';
import { rangeOf } from '../../source/edit.ts';
import { indentationAt } from '../../source/text-style.ts';
import { closureAround } from '../../survey/code/where-given.ts';

/**
 * A function that keeps nothing any more needs no variables of its own: it stands where the call around it stood, unless
 * comments there would go with that.
 */
export function unwrapClosure(migration: Migration, { fn, memo }: Factory): void {
  const closure = memo && closureAround(fn);
  if (!closure) return;
  const { edits, text, removedNodes } = migration;
  const [outer, inner] = [rangeOf(closure.call.node), rangeOf(fn.node)];
  if (/\/[/*]/.test(text.slice(outer.start, inner.start) + text.slice(inner.end, outer.end))) return;
  for (const { node } of closure.declarations) removedNodes.add(node);
  edits.remove(outer.start, inner.start);
  edits.remove(inner.end, outer.end);
  const kept = [{ start: memo.code[0]?.node.start ?? 0, end: memo.code.at(-1)?.node.end ?? 0 }];
  // What a text says stays as it is.
  fn.traverse({ TemplateElement: ({ node }) => void kept.push(rangeOf(node)) });
  const deeper = indentationAt(text, inner.start).slice(indentationAt(text, outer.start).length);
  for (const { index, 0: ending } of text.slice(inner.start, inner.end).matchAll(/\r\n|\n|\r/g)) {
    const line = inner.start + index + ending.length;
    const isKept = kept.some(({ start, end }) => line > start && line <= end);
    if (!isKept && deeper !== '' && text.startsWith(deeper, line)) edits.remove(line, line + deeper.length);
  }
}

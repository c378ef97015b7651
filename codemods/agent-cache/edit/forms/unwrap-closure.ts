import type { Factory, Migration } from '../../migration.ts';
import { rangeOf } from '../../source/edit.ts';
import { indentationAt } from '../../source/text-style.ts';
import { closureAround } from '../../survey/code/where-given.ts';

/** A function that keeps nothing any more needs no variables of its own: it stands where the call around it stood. */
export function unwrapClosure(migration: Migration, { fn, memo }: Factory): void {
  const closure = memo && closureAround(fn);
  if (!closure) return;
  const { edits, text, removedNodes } = migration;
  const [outer, inner] = [rangeOf(closure.call.node), rangeOf(fn.node)];
  for (const { node } of closure.declarations) removedNodes.add(node);
  edits.remove(outer.start, inner.start);
  edits.remove(inner.end, outer.end);
  const replaced = { start: memo.code[0]?.node.start ?? 0, end: memo.code.at(-1)?.node.end ?? 0 };
  const deeper = indentationAt(text, inner.start).slice(indentationAt(text, outer.start).length);
  for (const { index } of text.slice(inner.start, inner.end).matchAll(/\n/g)) {
    const line = inner.start + index + 1;
    const isReplaced = line > replaced.start && line < replaced.end;
    if (!isReplaced && deeper !== '' && text.startsWith(deeper, line))
      edits.remove(line, line + deeper.length);
  }
}

import type * as t from '@babel/types';
import { nextOf, returnsValues } from '../judge/promotion/passing-errors.ts';
import type { Migration } from '../migration.ts';
import { rangeOf } from '../source/edit.ts';
import { indentationAt, lineEndingAt } from '../source/text-style.ts';

/** Puts the bodies of handlers that Express 4 would not wait for into a `try` that gives their errors to `next`. */
export function passErrorsOn(migration: Migration): void {
  for (const fn of migration.passing) if (migration.promoted.has(fn)) passErrorsOfOne(migration, fn);
}

function passErrorsOfOne(migration: Migration, fn: t.Function): void {
  const { text, style, edits } = migration;
  if (fn.body.type !== 'BlockStatement') return;
  const { body, directives } = fn.body;
  const start = rangeOf(directives.at(-1) ?? fn.body).end;
  const from = directives.length > 0 ? start : rangeOf(fn.body).start + 1;
  const to = rangeOf(fn.body).end - 1;
  const written = edits.slice(from, to);
  const passed = `next(error)${style.semicolon}`.replace('next', nextOf(fn) ?? 'next');
  const handed = body.some(returnsValues) ? `return ${passed}` : passed;
  if (!/[\r\n]/.test(written)) {
    edits.update(from, to, ` try {${written.trimEnd()} } catch (error) { ${handed} } `);
    return;
  }
  const indent = indentationAt(text, to);
  const ending = lineEndingAt(text, from, style);
  const lines = [
    `${indent}${style.indent}try {${indented(written.trimEnd(), style.indent)}`,
    `${indent}${style.indent}} catch (error) {`,
    `${indent}${style.indent}${style.indent}${handed}`,
    `${indent}${style.indent}}`,
    indent,
  ];
  edits.update(from, to, ending + lines.join(ending));
}

/** The lines of a text, each but the first and empty ones one step further in. */
function indented(text: string, step: string): string {
  return text.replace(/(\r\n|\n|\r)(?=[^\r\n])/g, `$1${step}`);
}

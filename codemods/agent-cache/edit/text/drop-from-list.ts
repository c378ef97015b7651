import type * as t from '@babel/types';
import type { Migration } from '../../migration.ts';
import { rangeOf } from '../../source/edit.ts';
import { lineEnd, lineStart, nextLine } from '../../source/text-style.ts';

/** Spaces, line breaks and comments. */
const BETWEEN = /(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/y;
/** The end of a line with nothing but a comment on it. */
const REST = /^\s*(\/\/.*|(\/\*.*?\*\/\s*)+)?$/;

/**
 * Takes some of the nodes out of a list with commas, with the comments behind them on their own lines. Other comments
 * of the list stay.
 */
export function dropFromList(migration: Migration, list: readonly t.Node[], gone: ReadonlySet<t.Node>): void {
  for (const [index, node] of list.entries()) {
    if (!gone.has(node)) continue;
    const comma = commaBehind(migration.text, rangeOf(node).end);
    if (comma !== undefined) dropWithComma(migration, node, comma + 1, list[index + 1]);
    else
      dropLast(
        migration,
        node,
        list.slice(0, index).findLast((each) => !gone.has(each)),
      );
  }
}

/** `after` is the place behind the comma that follows the node. */
function dropWithComma(
  { text, edits }: Migration,
  node: t.Node,
  after: number,
  next: t.Node | undefined,
): void {
  const { start } = rangeOf(node);
  const end = lineEnd(text, after);
  const isLastOfLine = REST.test(text.slice(after, end));
  const following = next ? rangeOf(next).start : after;
  if (isLastOfLine && isFirstOfLine(text, start)) edits.remove(lineStart(text, start), nextLine(text, end));
  else if (!isLastOfLine) edits.remove(start, skipBlanks(text, after));
  else if (next && text.slice(after, following).trim() === '') edits.remove(start, following);
  else edits.remove(next ? start : skipBlanksBack(text, start), after);
}

/** The last of a list without a comma behind it takes the one that is before it. */
function dropLast({ text, edits }: Migration, node: t.Node, kept: t.Node | undefined): void {
  const { start, end } = rangeOf(node);
  const from = kept ? rangeOf(kept).end : start;
  const comma = commaBehind(text, from);
  if (comma === undefined || text.slice(comma + 1, start).trim() === '') {
    edits.remove(comma ?? from, end);
    return;
  }
  edits.remove(comma, comma + 1);
  const lineBreak = lineEnd(text, end);
  if (isFirstOfLine(text, start) && REST.test(text.slice(end, lineBreak)))
    edits.remove(lineStart(text, start), nextLine(text, lineBreak));
  else edits.remove(skipBlanksBack(text, start), end);
}

function commaBehind(text: string, end: number): number | undefined {
  BETWEEN.lastIndex = end;
  BETWEEN.test(text);
  const at = BETWEEN.lastIndex;
  return text[at] === ',' ? at : undefined;
}

function isFirstOfLine(text: string, start: number): boolean {
  return text.slice(lineStart(text, start), start).trim() === '';
}

function skipBlanks(text: string, start: number): number {
  return start + (/^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0);
}

function skipBlanksBack(text: string, end: number): number {
  let at = end;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
  return at;
}

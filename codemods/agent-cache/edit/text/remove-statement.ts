import type * as t from '@babel/types';
import type { Migration } from '../../migration.ts';
import { rangeOf, statementEnd } from '../../source/edit.ts';
import { END_OF_REGION, headsSection, isOfMore, REGION } from './sections.ts';
import { lineEnd, lineStart, nextLine } from '../../source/text-style.ts';

type Lines = Migration['removedLines'][number];

/**
 * Removes a statement so that the lines around it keep their distance: with `all` the comments that belong to it
 * (those right above it, and on its last line), with those on its last line, or without any. `end` is
 * the offset behind it, where that is not the node's own.
 */
export function removeStatement(
  migration: Migration,
  node: t.Node,
  {
    comments = 'all',
    end = statementEnd(migration, node),
  }: { comments?: 'all' | 'trailing' | 'none'; end?: number } = {},
): void {
  const { text, edits } = migration;
  const { start } = rangeOf(node);
  migration.removedNodes.add(node);
  let from = comments === 'all' ? startWithComments(text, node) : start;
  let to = comments === 'none' ? end : endWithComment(text, end);
  const wholeLines = text.slice(lineStart(text, from), from).trim() === '' && lineEnd(text, to) === to;
  if (!wholeLines) {
    edits.remove(start, /\s/.test(text[start - 1] ?? ' ') ? skipSpaces(text, end) : end);
    return;
  }
  from = lineStart(text, from);
  to = nextLine(text, to);
  if (comments === 'all') ({ from, to } = withRegion(migration, { from, to }));
  const above = startOfRemoved(migration, from);
  if (above === 0 || isBlankAbove(text, above) || opensBlock(text, above)) {
    const below = endOfRemoved(migration, to);
    if (below === to) to = skipBlankLines(text, to);
    else edits.remove(below, skipBlankLines(text, below));
  }
  if (to === text.length) from = skipBlankLinesBack(text, from);
  else if (closesBlock(text, to) && isBlankAbove(text, above)) {
    const blank = skipBlankLinesBack(text, above);
    edits.remove(blank, above);
    if (above === from) from = blank;
  }
  migration.removedLines.push({ from, to });
  edits.remove(from, to);
}

/** The comment behind a statement on its last line, or nothing. */
export function trailingComment(migration: Migration, node: t.Node): string {
  const end = statementEnd(migration, node);
  return migration.text.slice(end, endWithComment(migration.text, end)).trim();
}

/**
 * What stands on the lines of a statement before it, and on those right above: the comments that belong to it, with
 * the space behind them. Nothing for a statement that shares its lines with others.
 */
export function leadingComments(migration: Migration, node: t.Node): string {
  const { text } = migration;
  const { start } = rangeOf(node);
  const from = startWithComments(text, node);
  const to = endWithComment(text, statementEnd(migration, node));
  const isAlone = text.slice(lineStart(text, from), from).trim() === '' && lineEnd(text, to) === to;
  return isAlone ? text.slice(from, start) : '';
}

/** Where the lines begin that were removed right above an offset. */
function startOfRemoved(migration: Migration, offset: number): number {
  const above = migration.removedLines.find(({ to }) => to === offset);
  return above ? startOfRemoved(migration, above.from) : offset;
}

/** Where the lines end that were removed right below an offset. */
function endOfRemoved(migration: Migration, offset: number): number {
  const below = migration.removedLines.find(({ from }) => from === offset);
  return below ? endOfRemoved(migration, below.to) : offset;
}

/** Where a statement begins with the comments that belong to it. */
export function startWithComments(text: string, node: t.Node): number {
  let { start } = rangeOf(node);
  for (const comment of [...(node.leadingComments ?? [])].reverse()) {
    const between = text.slice(comment.end ?? 0, start);
    const ownLine = text.slice(lineStart(text, comment.start ?? 0), comment.start ?? 0).trim() === '';
    if (isOfMore(comment.value, text)) break;
    if (!ownLine || between.trim() !== '' || (between.match(/\r\n|\n|\r/g)?.length ?? 0) > 1) break;
    start = comment.start ?? start;
  }
  return start;
}

function endWithComment(text: string, end: number): number {
  const rest = text.slice(end, lineEnd(text, end));
  return /^\s*(\/\/.*|\/\*.*\*\/\s*)?$/.test(rest) ? end + rest.length : end;
}

function isBlankAbove(text: string, start: number): boolean {
  if (start === 0) return false;
  const previous = text[start - 1] === '\n' && text[start - 2] === '\r' ? start - 2 : start - 1;
  return text.slice(lineStart(text, previous), previous).trim() === '';
}

/** Whether the line above an offset opens a block, at whose start formatters have no blank line, or a section. */
function opensBlock(text: string, start: number): boolean {
  const before = text.slice(0, start).trimEnd();
  const line = before.slice(lineStart(before, before.length));
  return before.endsWith('{') || headsSection(line);
}

/** Whether the line at an offset closes a block, before whose end formatters have no blank line, or a region. */
function closesBlock(text: string, start: number): boolean {
  const line = text.slice(start, lineEnd(text, start));
  return /^[ \t]*\}/.test(line) || END_OF_REGION.test(line);
}

function skipSpaces(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

function skipBlankLines(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.slice(at, lineEnd(text, at)).trim() === '')
    at = nextLine(text, lineEnd(text, at));
  return at;
}

function skipBlankLinesBack(text: string, start: number): number {
  let at = start;
  while (at > 0 && isBlankAbove(text, at)) {
    const previous = text[at - 1] === '\n' && text[at - 2] === '\r' ? at - 2 : at - 1;
    at = lineStart(text, previous);
  }
  return at;
}

/** Whole lines, with the comments around them that begin and end a region, where nothing else is left in that. */
function withRegion(migration: Migration, { from, to }: Lines): Lines {
  const { text } = migration;
  const end = text.includes('endregion') ? END_OF_REGION.exec(text.slice(to)) : null;
  const begin = end ? REGION.exec(text.slice(0, startOfRemoved(migration, from))) : null;
  return begin && end ? { from: begin.index, to: to + end[0].length } : { from, to };
}

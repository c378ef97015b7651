import type * as t from '@babel/types';
import type { Migration, Source } from '../../migration.ts';
import { rangeOf, statementEnd } from '../../source/edit.ts';
import { closesSection, emptyRegion, headsSection, isOfMore } from './sections.ts';
import { lineEnd, lineStart, nextLine } from '../../source/text-style.ts';
import {
  directivesAbove,
  isAboutNext,
  isAboutOwnLine,
  isDocumentation,
  linesOfComment,
} from './directives.ts';

type Lines = Migration['removedLines'][number];

/** How much of the comments around a statement goes with it. */
export interface Taking {
  /** Those that belong to it (right above it, and on its last line), those on its last line, or none but directives. */
  comments?: 'all' | 'trailing' | 'none';
  /** Its documentation, which would be the next statement's otherwise, goes even where its other comments stay. */
  documentation?: boolean;
  /** The offset behind it, where that is not the node's own. */
  end?: number;
}

/**
 * Removes a statement so that the lines around it keep their distance. What tells a tool about it (`@ts-expect-error`,
 * `eslint-disable-next-line`) goes with it in any case: below it, something else would be meant.
 */
export function removeStatement(
  migration: Migration,
  node: t.Node,
  { comments = 'all', documentation = false, end = statementEnd(migration, node) }: Taking = {},
): void {
  const { text, edits } = migration;
  const start = startOnItsLine(text, node);
  migration.removedNodes.add(node);
  let from = comments === 'all' ? Math.min(start, startWithComments(text, node)) : start;
  let to = comments === 'none' ? endWithDirective(text, end) : endWithComment(text, end);
  const beginsLine = text.slice(lineStart(text, from), from).trim() === '';
  const wholeLines = beginsLine && lineEnd(text, to) === to;
  const behind = wholeLines ? nextLine(text, to) : to;
  const region = comments === 'all' && beginsLine ? regionAround(migration, from, behind) : undefined;
  removeDirectives(migration, node, { documentation, below: from });
  if (!wholeLines && !region) {
    edits.remove(start, /\s/.test(text[start - 1] ?? ' ') ? skipSpaces(text, end) : end);
    return;
  }
  ({ from, to } = region ?? { from: lineStart(text, from), to: behind });
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

/**
 * Removes the lines above a statement that tell a tool about it, and on demand its documentation, as far as they stand
 * before `below`.
 */
export function removeDirectives(
  migration: Migration,
  node: t.Node,
  { documentation = false, below = rangeOf(node).start }: { documentation?: boolean; below?: number } = {},
): void {
  const { text } = migration;
  const above = directivesAbove(text, node);
  const last = node.leadingComments?.findLast((comment) => !isAboutNext(comment));
  const isOwn = last && !/(\r\n|\n|\r)[ \t]*\1/.test(text.slice(last.end, rangeOf(node).start));
  if (documentation && isOwn && isDocumentation(last)) above.push(last);
  for (const comment of new Set(above)) {
    const lines = linesOfComment(text, comment);
    if (!lines || lines.to > below || migration.removedLines.some(({ from }) => from === lines.from))
      continue;
    migration.removedLines.push(lines);
    migration.edits.remove(lines.from, lines.to);
  }
}

/** Where a statement begins, with what tells a tool about it on the same line. */
function startOnItsLine(text: string, node: t.Node): number {
  const { start } = rangeOf(node);
  const before = directivesAbove(text, node).find(
    (comment) => lineStart(text, comment.start ?? 0) === lineStart(text, start),
  );
  return before?.start ?? start;
}

/** Where a statement ends with a comment behind it that tells a tool about its line. */
export function endWithDirective(text: string, end: number): number {
  const behind = endWithComment(text, end);
  return isAboutOwnLine(text.slice(end, behind)) ? behind : end;
}

/** The comment behind a statement on its last line, or nothing. */
export function trailingComment(source: Source, node: t.Node): string {
  const end = statementEnd(source, node);
  return source.text.slice(end, endWithComment(source.text, end)).trim();
}

/**
 * What stands on the lines of a statement before it, and on those right above: the comments that belong to it, with
 * the space behind them. Nothing for a statement that shares its lines with others.
 */
export function leadingComments(source: Source, node: t.Node): string {
  const { text } = source;
  const { start } = rangeOf(node);
  const from = startWithComments(text, node);
  const to = endWithComment(text, statementEnd(source, node));
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
  return /^\s*(\/\/.*|\/\*.*\*\/\s*)?$/.test(rest) && !closesSection(rest) ? end + rest.length : end;
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
  return /^[ \t]*\}/.test(line) || closesSection(line);
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

/** A removed range with the comments around it that begin and end a region, where nothing else is left in that. */
function regionAround(migration: Migration, start: number, end: number): Lines | undefined {
  const { text } = migration;
  const [above, below] = [startOfRemoved(migration, lineStart(text, start)), endOfRemoved(migration, end)];
  const region = emptyRegion(text.slice(0, above), text.slice(below));
  return region && { from: region.begin, to: below + region.end };
}

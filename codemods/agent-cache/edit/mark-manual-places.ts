import { markLines, startsOfLines } from './mark-lines.ts';
import type { Judged, Migration, Source } from '../migration.ts';
import { reason } from '../reasons/reason.ts';
import { textWithoutLines } from '../reasons/sentence.ts';
import { MARK } from '../result.ts';
import { absolutePath } from '../source/specifiers.ts';
import { indentationAt, lineEndingAt } from '../source/text-style.ts';
import { commentsOf } from '../source/comments.ts';

/** Writes a comment above each place that is left for a person, when asked to; notes comments that outlived theirs. */
export function markManualPlaces(migration: Migration): void {
  const { text, options, program, occurrences } = migration;
  const manual = occurrences.filter(({ action }) => action === 'manual');
  const marks = text.includes(MARK) ? marksOf(migration) : [];
  if (marks.length === 0 && (!options.mark || manual.length === 0)) return;
  const directives = directiveLines(migration);
  const lineAt = markLines(program, text);
  const lineOf = (place: { line: number; column: number }) => aboveDirectives(lineAt(place), directives);
  const file = absolutePath(migration.path);
  const reasons = new Map(
    manual
      .reverse()
      .map((place) => [lineOf(place), place.left ? textWithoutLines(place.left, { file }) : '']),
  );
  for (const mark of marks) if (!reasons.has(mark.below)) noteStaleMark(migration, mark);
  if (!options.mark) return;
  const marked = new Set(marks.map(({ below }) => below));
  const starts = startsOfLines(text);
  for (const [line, reason] of reasons) {
    const start = starts[line - 1] ?? 0;
    if (!marked.has(line)) migration.edits.appendLeft(start, markFor(migration, start, reason));
  }
}

/** Comments that tell a tool about the line below them, from which nothing may part them. */
const DIRECTIVE =
  /^[*\s]*(@ts-|biome-ignore|(deno-lint|prettier|oxlint)-ignore|\w+-disable-next-line|[vc]8 ignore)/;

function directiveLines({ program }: Source): Set<number> {
  const comments = commentsOf(program);
  return new Set(comments.flatMap(({ value, loc }) => (loc && DIRECTIVE.test(value) ? [loc.end.line] : [])));
}

function aboveDirectives(line: number, directives: ReadonlySet<number>): number {
  return directives.has(line - 1) ? aboveDirectives(line - 1, directives) : line;
}

interface Mark {
  line: number;
  column: number;
  /** The line that it speaks of: the next one, or its own behind code. */
  below: number;
}

/** The comments that mark places; what looks like one in a string is none. */
function marksOf({ program, text }: Source): Mark[] {
  const comments = commentsOf(program);
  return comments.flatMap((comment) => {
    if (!comment.loc || !comment.value.trimStart().startsWith(MARK)) return [];
    const { start, end } = comment.loc;
    const isBehindCode = text.slice((comment.start ?? 0) - start.column, comment.start).trim() !== '';
    return { line: start.line, column: start.column + 1, below: isBehindCode ? start.line : end.line + 1 };
  });
}

/** Without lines, which a comment outlives, of its file and of others: the edits of the same run move them already. */
function markFor({ text, style }: Source, start: number, sentence: string): string {
  return `${indentationAt(text, start)}// ${MARK} — ${sentence}${lineEndingAt(text, start, style)}`;
}

function noteStaleMark({ occurrences }: Judged, { line, column }: Mark): void {
  occurrences.push({
    line,
    column,
    kind: 'mark',
    action: 'manual',
    left: reason('stale-mark'),
  });
}

import type { Migration } from '../migration.ts';
import type { Occurrence } from '../result.ts';
import { indentationAt, lineEnd, lineEndingAt, nextLine } from '../source/text-style.ts';

const MARK = '// agent-cache: manual';

/** Writes a comment above each place that is left for a person, when asked to; notes comments that outlived theirs. */
export function markManualPlaces(migration: Migration): void {
  const lines = startsOfLines(migration.text);
  const textOfLine = (line: number) => {
    const start = lines[line - 1] ?? migration.text.length;
    return migration.text.slice(start, lineEnd(migration.text, start));
  };
  const manual = migration.occurrences.filter(({ action }) => action === 'manual');
  const places = new Set(manual.map(({ line }) => line));
  for (let line = 1; line <= lines.length; line++) {
    if (textOfLine(line).trim().startsWith(MARK) && !places.has(line + 1))
      noteStaleMark(migration, line, textOfLine(line));
  }
  if (!migration.options.mark) return;
  for (const line of places) {
    if (
      textOfLine(line - 1)
        .trim()
        .startsWith(MARK)
    )
      continue;
    const start = lines[line - 1] ?? 0;
    migration.edits.appendLeft(start, markFor(migration, start, manual, line));
  }
}

function markFor(migration: Migration, start: number, manual: readonly Occurrence[], line: number): string {
  const reason = manual.find((occurrence) => occurrence.line === line)?.reason ?? '';
  const { text, style } = migration;
  return `${indentationAt(text, start)}${MARK} — ${reason}${lineEndingAt(text, start, style)}`;
}

function noteStaleMark({ occurrences }: Migration, line: number, text: string): void {
  occurrences.push({
    line,
    column: text.indexOf(MARK) + 1,
    kind: 'mark',
    action: 'manual',
    reason: 'A mark says that a place is left for a person, but there is none below it any more.',
    hint: 'Remove the comment when the place is done.',
  });
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let end = lineEnd(text, 0); end < text.length; end = lineEnd(text, nextLine(text, end))) {
    starts.push(nextLine(text, end));
  }
  return starts;
}

import type { FileResult, Note, Occurrence } from '../../codemods/agent-cache/result.ts';
import { type LineNow, movedLines } from './moved-lines.ts';

/**
 * The places of a file, those that are left as they stand in the text that was written: edits above them move their
 * lines, and a person looks for them in the new text.
 */
export async function placesIn(
  output: string,
  { source = '', occurrences }: FileResult,
): Promise<Occurrence[]> {
  if (occurrences.every(({ action }) => action !== 'manual')) return occurrences;
  const now = await movedLines(source, output);
  return occurrences.map((each) => {
    if (each.action !== 'manual') return each;
    const { line, reason, hint } = each;
    return {
      ...each,
      line: now(line),
      ...(reason === undefined ? {} : { reason: withLines(reason, now) }),
      ...(hint === undefined ? {} : { hint: withLines(hint, now) }),
    };
  });
}

/** The notes on a file with their lines as they are in the text that was written. */
export async function notesIn(output: string, { source = '', notes = [] }: FileResult): Promise<Note[]> {
  if (notes.length === 0) return [];
  const now = await movedLines(source, output);
  return notes.map((note) => ({ ...note, line: now(note.line) }));
}

/** A reason or a hint with the lines that it names as they are now; those of other files stay. */
function withLines(text: string, now: LineNow): string {
  return text.replace(/\bline (\d+)(?! of )\b/g, (_, line: string) => `line ${now(Number(line))}`);
}

import type { FileResult, Occurrence } from '../../codemods/agent-cache/result.ts';

/**
 * The places of a file, those that are left as they stand in the text that was written: edits above them move their
 * lines, and a person looks for them in the new text.
 */
export async function placesIn(
  output: string,
  { source = '', occurrences }: FileResult,
): Promise<Occurrence[]> {
  if (occurrences.every(({ action }) => action !== 'manual')) return occurrences;
  const { diffArrays } = await import('diff');
  const moved = newLines(diffArrays(linesOf(source), linesOf(output)));
  const now = (line: number) => moved[line - 1] ?? line;
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

/** A reason or a hint with the lines that it names as they are now; those of other files stay. */
function withLines(text: string, now: (line: number) => number): string {
  if (text.includes(' is also used in ')) return text;
  return text.replace(/\bline (\d+)(?! of )\b/g, (_, line: string) => `line ${now(Number(line))}`);
}

interface Change {
  value: readonly string[];
  added: boolean;
  removed: boolean;
}

/** Where each line is now, 1-based; one that was replaced is where that is which replaced it. */
function newLines(changes: readonly Change[]): number[] {
  const lines: number[] = [];
  let at = 1;
  for (const [index, { value, added, removed }] of changes.entries()) {
    const next = changes[index + 1];
    const last = removed && next?.added ? next.value.length - 1 : 0;
    if (removed) lines.push(...value.map((_, offset) => at + Math.min(offset, last)));
    else if (!added) lines.push(...value.map((_, offset) => at + offset));
    if (!removed) at += value.length;
  }
  return lines;
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

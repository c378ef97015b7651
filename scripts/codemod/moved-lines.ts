/** Where a line of a text is in the one that took its place; both 1-based. */
export type LineNow = (line: number) => number;

/** Compares two texts. */
export async function movedLines(source: string, output: string): Promise<LineNow> {
  const { diffArrays } = await import('diff');
  const moved = newLines(diffArrays(linesOf(source), linesOf(output)));
  return (line) => moved[line - 1] ?? line;
}

interface Compared {
  value: readonly string[];
  added: boolean;
  removed: boolean;
}

/** Where each line is now, 1-based; one that was replaced is where that is which replaced it. */
function newLines(changes: readonly Compared[]): number[] {
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

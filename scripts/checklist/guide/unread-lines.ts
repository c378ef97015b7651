import type { UnreadLine } from './guide-item.ts';
import { type Bases, pathsInWords } from './item-path.ts';

const ODD_BOX = /^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[([^ xX\]\n])\][ \t]+(.*)$/;
const ROW = /^[ \t]*\|(.*\|.*)$/;
const BOX_IN_A_ROW = /\[[ xX]\]|[☐☑☒✅✓✔❌]/;
const FENCE = /^[ \t]*(?:```|~~~)/;

/** Lines that name a file beside something like a check box, in a form that no Markdown reads as a task. */
export function unreadLines(text: string, bases: Bases): UnreadLine[] {
  const found: UnreadLine[] = [];
  let isFenced = false;
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (FENCE.test(line)) isFenced = !isFenced;
    if (isFenced) continue;
    const odd = ODD_BOX.exec(line);
    const isRow = ROW.test(line) && BOX_IN_A_ROW.test(line);
    if (odd === null && !isRow) continue;
    const paths = pathsInWords((odd?.[2] ?? line).replace(/[`|[\]]/g, ' '), bases);
    if (paths.length === 0) continue;
    found.push({
      line: index + 1,
      column: 1,
      form: odd === null ? 'a row of a table' : `[${odd[1]}]`,
      paths,
    });
  }
  return found;
}

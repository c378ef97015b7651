import type { UnreadLine } from './guide-item.ts';
import { type Bases, pathsInWords, readSpan } from './item-path.ts';

/** `[-]`, `[]`, `[ x ]`, and `[x]` that its text follows at once: that of a link, or of a definition, is no box. */
const ODD_BOX = /^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[((?![ xX]\][ \t])[^\]\n]{0,3})\](?![([:])[ \t]*(.*)$/;
const TASK = /^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[[ xX]\][ \t]+(.*)$/;
const SPAN = /`([^`]+)`/g;
/** `src/**`, `src/api/*.ts`, `src/{a,b}.ts`: no route, which begins with a slash, and no call. */
const PATTERN = /^(?!\/)(?=.*[*{])[\w@.*{},/-]+(?:\.[cm]?[jt]sx?|\/\*{1,2})$/;
const ROW = /^[ \t]*\|(.*\|.*)$/;
const BOX_IN_A_ROW = /\[[ xX]\]|[☐☑☒✅✓✔❌]/;
/** The tags between which Markdown reads nothing, up to a blank line. */
const HTML =
  /^ {0,3}<\/?(?:details|summary|div|section|article|aside|blockquote|ul|ol|li|p|table|center|main)\b/i;
const FENCE = /^[ \t]*(?:```|~~~)/;

/** Lines that name files beside something like a check box in a form that is not read: no task of Markdown, or a pattern. */
export function unreadLines(text: string, bases: Bases): UnreadLine[] {
  const found: UnreadLine[] = [];
  let isFenced = false;
  let isHtml = false;
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (FENCE.test(line)) isFenced = !isFenced;
    if (isFenced) continue;
    isHtml = line.trim() !== '' && (isHtml || HTML.test(line));
    const patterns = patternsOf(line, bases);
    if (patterns.length > 0) found.push({ line: index + 1, column: 1, form: 'a pattern', paths: patterns });
    const odd = ODD_BOX.exec(line);
    const isRow = ROW.test(line) && BOX_IN_A_ROW.test(line);
    const task = isHtml ? TASK.exec(line) : null;
    if (odd === null && task === null && !isRow) continue;
    const paths = pathsInWords((odd?.[2] ?? task?.[1] ?? line).replace(/[`|[\]]/g, ' '), bases);
    if (paths.length === 0) continue;
    found.push({
      line: index + 1,
      column: 1,
      form: formOf(odd?.[1], task !== null),
      paths,
    });
  }
  return found;
}

function formOf(box: string | undefined, isHtml: boolean): string {
  if (isHtml) return 'a task right below HTML (a blank line has to stand between)';
  if (box === undefined) return 'a row of a table';
  return /^[ xX]$/.test(box) ? `[${box}] without a space behind it` : `[${box}]`;
}

/** The patterns of a task that names no file and has no check: each file has its own verdict, and has to be named. */
function patternsOf(line: string, bases: Bases): string[] {
  const [, text = ''] = TASK.exec(line) ?? [];
  const spans = Array.from(text.matchAll(SPAN), ([, span = '']) => span);
  const isRead = text.includes('<!--') || spans.some((span) => readSpan(span, bases) !== undefined);
  return isRead ? [] : spans.filter((span) => PATTERN.test(span));
}

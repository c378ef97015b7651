import type { RawGuide } from './collect-items.ts';
import type { Guide } from './guide-item.ts';
import { lineIndex } from './line-index.ts';
import { readSimpleSegment } from './simple-segment.ts';
import { splitSegments } from './split-segments.ts';

/** Below this many tasks the parser reads the guide in one go. */
const MANY_TASKS = 400;
/** Enough for the parser to run at its full speed, and few enough to stay flat in memory. */
const SEGMENTS_A_PIECE = 200;
const PROBE = '- [ ] probe\n';
/** Definitions reach across pieces, and a lone carriage return is a line ending of its own. */
const NEEDS_THE_WHOLE = /\][ \t]*:|\r(?!\n)|[\u2028\u2029]/;

/**
 * Finds the tasks of a guide.
 *
 * A list of thousands of tasks is read piece by piece: the parser sees whatever is not plainly one task on one
 * line, and judges whether a piece really ends where the next one begins.
 *
 * @param text the guide without its byte order mark
 * @param root the tree's folder
 * @param manyTasks from how many tasks on it is read in pieces
 */
export async function parseGuide(text: string, root: string, manyTasks = MANY_TASKS): Promise<Guide> {
  const segments = splitSegments(text);
  const whole = segments.length < manyTasks || NEEDS_THE_WHOLE.test(text);
  const raw = whole ? await parsePiece(text, root) : await parsePieces(text, segments, root);
  const place = lineIndex(text);
  return {
    items: raw.items
      .filter((item) => item.paths.length > 0 || item.checks.length > 0)
      .map(({ offset, ...item }) => ({ ...item, ...place(offset) })),
    strayChecks: raw.strayChecks.map(place),
  };
}

/** The parser takes longer to load than a plain list takes to read. */
async function parsePiece(text: string, root: string): Promise<RawGuide> {
  const parser = await import('./parse-piece.ts');
  return parser.parsePiece(text, root);
}

async function parsePieces(text: string, segments: readonly number[], root: string): Promise<RawGuide> {
  const all: RawGuide = { items: [], strayChecks: [] };
  const end = (index: number) => segments[index] ?? text.length;
  let index = isPlainIntroduction(text.slice(0, segments[1])) ? 1 : 0;
  while (index < segments.length) {
    const simple = readSimpleSegment(text, end(index), end(index + 1), root);
    if (simple !== undefined) {
      all.items.push(simple);
      index += 1;
      continue;
    }
    let last = index + 1;
    while (last < segments.length && last - index < SEGMENTS_A_PIECE) {
      if (readSimpleSegment(text, end(last), end(last + 1), root) !== undefined) break;
      last += 1;
    }
    index = await parseSlowPiece(text, index, last, segments, root, all);
  }
  return all;
}

/** Words before the first task at the margin, with no task among them and nothing that could stay open. */
function isPlainIntroduction(text: string): boolean {
  return !/\[[ \txX]\]|<|```|~~~/.test(text);
}

/** Parses from one segment up to another, further if a fence or HTML is still open there; returns where it ended. */
async function parseSlowPiece(
  text: string,
  first: number,
  until: number,
  segments: readonly number[],
  root: string,
  all: RawGuide,
): Promise<number> {
  const start = segments[first] ?? 0;
  for (let last = until, step = 1; ; last += step, step *= 2) {
    const atEnd = last >= segments.length;
    const piece = text.slice(start, atEnd ? text.length : segments[last]);
    const { items, strayChecks } = await parsePiece(atEnd ? piece : piece + PROBE, root);
    const probe = items.findIndex((item) => item.offset === piece.length);
    if (!atEnd && probe === -1) continue;
    const found = atEnd ? items : items.slice(0, probe);
    for (const item of found) {
      all.items.push({ ...item, offset: item.offset + start, tickOffset: item.tickOffset + start });
    }
    all.strayChecks.push(...strayChecks.map((offset) => offset + start));
    return Math.min(last, segments.length);
  }
}

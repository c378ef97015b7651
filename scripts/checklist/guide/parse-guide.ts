import path from 'node:path';
import type { RawGuide } from './collect-items.ts';
import { definitionsFor, takeDefinitions } from './definitions.ts';
import { withoutFrontMatter } from './front-matter.ts';
import type { Guide } from './guide-item.ts';
import type { Bases } from './item-path.ts';
import { lineIndex } from './line-index.ts';
import { readSimpleSegment } from './simple-segment.ts';
import { splitSegments } from './split-segments.ts';
import { unreadLines } from './unread-lines.ts';

/** Below this many tasks the parser reads the guide in one go. */
const MANY_TASKS = 400;
/** Enough for the parser to run at its full speed, and few enough to stay flat in memory. */
const SEGMENTS_A_PIECE = 200;
const PROBE = '- [ ] probe\n';
/** Definitions of more than a line reach across pieces, and a lone carriage return is a line ending of its own. */
const NEEDS_THE_WHOLE = /\][ \t]*:|\r(?!\n)|[\u2028\u2029]/;
/** Headings of folders are meant for all names without one below them. */
const HAS_SECTIONS = /^#{1,6}[ \t].*\//m;
const HAS_BARE_NAMES = /\[[ xX]\][ \t]*[`[]?[\w.-]+\.[cm]?[jt]sx?\b(?!\/)/;

/**
 * Finds the tasks of a guide.
 *
 * A list of thousands of tasks is read piece by piece: the parser sees whatever is not plainly one task on one
 * line, and judges whether a piece really ends where the next one begins.
 *
 * @param written the guide without its byte order mark
 * @param root the tree's folder
 * @param guide its path in the tree, with the folder that its links are meant from
 * @param manyTasks from how many tasks on it is read in pieces
 */
export async function parseGuide(
  written: string,
  root: string,
  manyTasks = MANY_TASKS,
  guide = 'MIGRATION.md',
): Promise<Guide> {
  const folder = path.posix.dirname(guide.split(path.sep).join('/'));
  const bases: Bases = { root, folder: folder === '.' ? '' : folder };
  const whole = withoutFrontMatter(written);
  const { text, definitions } = takeDefinitions(whole);
  const segments = splitSegments(text);
  const atOnce =
    segments.length < manyTasks ||
    NEEDS_THE_WHOLE.test(text) ||
    (HAS_SECTIONS.test(text) && HAS_BARE_NAMES.test(text));
  const raw = atOnce
    ? await parsePiece(whole, bases)
    : await parsePieces(text, segments, { bases, definitions });
  const place = lineIndex(whole);
  return {
    items: raw.items
      .filter((item) => item.paths.length > 0 || item.checks.length > 0)
      .map(({ offset, ...item }) => ({ ...item, guide, ...place(offset) })),
    strayChecks: raw.strayChecks.map(place),
    unread: unreadLines(whole, bases),
  };
}

/** What every piece of a guide is read with. */
interface Reading {
  bases: Bases;
  definitions: ReadonlyMap<string, string>;
}

/** The parser takes longer to load than a plain list takes to read. */
async function parsePiece(text: string, bases: Bases): Promise<RawGuide> {
  const parser = await import('./parse-piece.ts');
  return parser.parsePiece(text, bases);
}

async function parsePieces(text: string, segments: readonly number[], reading: Reading): Promise<RawGuide> {
  const all: RawGuide = { items: [], strayChecks: [] };
  const end = (index: number) => segments[index] ?? text.length;
  let index = isPlainIntroduction(text.slice(0, segments[1])) ? 1 : 0;
  while (index < segments.length) {
    const simple = readSimpleSegment(text, end(index), end(index + 1), reading.bases);
    if (simple !== undefined) {
      all.items.push(simple);
      index += 1;
      continue;
    }
    let last = index + 1;
    while (last < segments.length && last - index < SEGMENTS_A_PIECE) {
      if (readSimpleSegment(text, end(last), end(last + 1), reading.bases) !== undefined) break;
      last += 1;
    }
    index = await parseSlowPiece(text, index, last, segments, reading, all);
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
  { bases, definitions }: Reading,
  all: RawGuide,
): Promise<number> {
  const start = segments[first] ?? 0;
  for (let last = until, step = 1; ; last += step, step *= 2) {
    const atEnd = last >= segments.length;
    const piece = text.slice(start, atEnd ? text.length : segments[last]);
    const behind = definitionsFor(piece, definitions);
    const { items, strayChecks } = await parsePiece((atEnd ? `${piece}\n` : piece + PROBE) + behind, bases);
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

import { readFileSync } from 'node:fs';
import path, { posix } from 'node:path';
import { errorCode, reasonOf } from '../cli/system-error.ts';
import { UsageError } from '../cli/usage-error.ts';
import { writeFileAtomically } from '../cli/write-file.ts';

/** One unfinished place of a file that is accepted for now; two that are alike are two entries. */
export interface BaselineEntry {
  path: string;
  /** What stands there: a codemod's kind of place, or the gate's own reason. */
  kind: string;
  /** The function around it, or the call that it is given to; absent at the top of the file and in old baselines. */
  in?: string;
  /** The text of its line, which tells it from others wherever it moves; absent in old baselines. */
  text?: string;
  /** Why it is accepted, in somebody's words. */
  why?: string;
  /** Where the file has it, 1-based; absent for one that is not written yet. Never written. */
  line?: number;
  /** Fields that people have added. */
  more?: Readonly<Record<string, unknown>>;
}

const MARKER = /^(?:<{7}|={7}|>{7}|\|{7})(?: |$|\r)/m;

/** Entries in the order of the file: by path, then by kind, function and text. */
export function sortEntries<Entry extends BaselineEntry>(entries: readonly Entry[]): Entry[] {
  const key = ({ path: file, kind, in: around = '', text = '' }: BaselineEntry) => [file, kind, around, text];
  return entries
    .map((entry) => ({ entry, key: key(entry) }))
    .sort((a, b) => compareAll(a.key, b.key))
    .map(({ entry }) => entry);
}

/** A baseline as it was read. */
export interface Baseline {
  entries: BaselineEntry[];
  /** Whether both sides of a merge were taken. */
  merged: boolean;
  /** What the file said. */
  read: string;
  /** Fields beside the entries that people have added. */
  more: Readonly<Record<string, unknown>>;
}

/**
 * Reads a baseline; undefined when there is none.
 *
 * @param file relative to the root
 * @param takesBoth whether conflict markers mean that both sides count
 * @throws UsageError when it cannot be read, is not a baseline, or has conflict markers that nobody resolved
 */
export function readBaseline(root: string, file: string, takesBoth = false): Baseline | undefined {
  const text = readText(root, file);
  if (text === undefined) return undefined;
  if (!MARKER.test(text)) {
    const { entries, more } = parseEntries(file, text);
    return { entries: sortEntries(entries), merged: false, read: text, more };
  }
  if (!takesBoth) {
    throw new UsageError(
      `the baseline ${file} has the conflict markers of a merge: --merge-baseline takes the entries of both sides`,
    );
  }
  const ours = parseEntries(file, side(text, 'ours'));
  const theirs = parseEntries(file, side(text, 'theirs'));
  const more = { ...theirs.more, ...ours.more };
  return { entries: sortEntries(union(ours.entries, theirs.entries)), merged: true, read: text, more };
}

/**
 * @param before what was read, where there was one
 * @throws UsageError when the file cannot be written, or is no longer what was read
 */
export function writeBaseline(
  root: string,
  file: string,
  entries: readonly BaselineEntry[],
  before: Baseline | undefined,
): void {
  const lines = sortEntries(entries).map(
    ({ path: itemPath, kind, in: around, text, why, more }) =>
      `\n    ${JSON.stringify({ path: itemPath, kind, in: around, text, why, ...more })}`,
  );
  const list = lines.length === 0 ? '[]' : `[${lines.join(',')}\n  ]`;
  const more = Object.entries(before?.more ?? {}).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`,
  );
  // Who accepted something meanwhile would lose it.
  if (readText(root, file) !== before?.read)
    throw new UsageError(`the baseline ${file} changed while the tree was read: run again`);
  try {
    const text = `{\n  "version": 1,\n${more.join('')}  "entries": ${list}\n}\n`;
    writeFileAtomically(path.resolve(root, file), text);
  } catch (error) {
    throw new UsageError(`the baseline ${file} cannot be written: ${reasonOf(error)}`);
  }
}

function readText(root: string, file: string): string | undefined {
  try {
    return readFileSync(path.resolve(root, file), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new UsageError(`the baseline ${file} cannot be read: ${reasonOf(error)}`);
  }
}

function parseEntries(file: string, text: string): Pick<Baseline, 'entries' | 'more'> {
  const value = parseJson(file, text);
  const entries = isRecord(value) && value.version === 1 ? value.entries : value;
  // Any empty list could be one of something else.
  const isBaseline =
    Array.isArray(entries) && entries.every(isEntry) && !(entries === value && entries.length === 0);
  if (!isBaseline) {
    throw new UsageError(`the baseline ${file} is not {"version": 1, "entries": [{"path", "kind"}]}`);
  }
  const lines = text.split('\n');
  const taken = new Set<number>();
  const { version: _version, entries: _entries, ...more } = isRecord(value) ? value : {};
  return { entries: entries.map((entry) => entryOf(entry, lines, taken)), more };
}

function entryOf(entry: BaselineEntry, lines: readonly string[], taken: Set<number>): BaselineEntry {
  const { path: itemPath, kind, in: around, text: code, why, line: _line, ...more } = entry;
  return {
    path: posix.normalize(itemPath.replaceAll('\\', '/')),
    kind,
    ...(around === undefined ? {} : { in: around }),
    ...(code === undefined ? {} : { text: code }),
    ...(why === undefined ? {} : { why }),
    ...(Object.keys(more).length === 0 ? {} : { more }),
    line: findLine(lines, entry, taken),
  };
}

/** One side of a merge, without its markers; git may write the ancestor between them, too. */
function side(text: string, wanted: 'ours' | 'theirs'): string {
  let part: 'both' | 'ours' | 'base' | 'theirs' = 'both';
  const kept = text.split('\n').filter((line) => {
    if (!MARKER.test(line)) return part === 'both' || part === wanted;
    if (line.startsWith('<')) part = 'ours';
    else if (line.startsWith('|')) part = 'base';
    else part = line.startsWith('=') ? 'theirs' : 'both';
    return false;
  });
  // The last entry of a side may have been followed by others, or not.
  return kept
    .join('\n')
    .replace(/\}([^\S\n]*\n\s*)\{/g, '},$1{')
    .replace(/,([^\S\n]*\n\s*\])/g, '$1');
}

/** As many entries of each kind as the side with more of them has. */
function union(ours: readonly BaselineEntry[], theirs: readonly BaselineEntry[]): BaselineEntry[] {
  const left = new Map<string, number>();
  for (const entry of ours) left.set(identity(entry), (left.get(identity(entry)) ?? 0) + 1);
  const added = theirs.filter((entry) => {
    const count = left.get(identity(entry)) ?? 0;
    left.set(identity(entry), count - 1);
    return count <= 0;
  });
  return [...ours, ...added];
}

function identity({ path: file, kind, in: around, text }: BaselineEntry): string {
  return JSON.stringify([file, kind, around, text]);
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`the baseline ${file} is not JSON: ${reasonOf(error).replaceAll(/\s+/g, ' ')}`);
  }
}

/** Entries stand one a line, as they are written here; others are at the top. */
function findLine(lines: readonly string[], entry: BaselineEntry, taken: Set<number>): number {
  const words = [entry.path, entry.kind, entry.text ?? ''].map((word) => JSON.stringify(word));
  const index = lines.findIndex(
    (line, at) => !taken.has(at) && words.every((word) => word === '""' || line.includes(word)),
  );
  if (index !== -1) taken.add(index);
  return Math.max(1, index + 1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntry(value: unknown): value is BaselineEntry {
  const isText = (each: unknown) => each === undefined || typeof each === 'string';
  return (
    isRecord(value) &&
    typeof value.path === 'string' &&
    typeof value.kind === 'string' &&
    [value.in, value.text, value.why].every(isText)
  );
}

function compareAll(a: readonly string[], b: readonly string[]): number {
  for (const [index, each] of a.entries()) {
    const other = b[index] ?? '';
    if (each !== other) return each < other ? -1 : 1;
  }
  return 0;
}

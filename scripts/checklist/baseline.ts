import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCode, reasonOf } from '../codemod/system-error.ts';
import { UsageError } from '../codemod/usage-error.ts';
import { writeFileAtomically } from '../codemod/write-file.ts';
import type { OccurrenceKind } from '../../codemods/agent-cache/result.ts';

/** One unfinished place of a file that is accepted for now, told by its kind; two of a kind are two entries. */
export interface BaselineEntry {
  path: string;
  kind: OccurrenceKind;
  /** Where the file has it, 1-based; absent for one that is not written yet. */
  line?: number;
}

/** Entries in the order of the file: by path, then by kind. */
export function sortEntries(entries: readonly BaselineEntry[]): BaselineEntry[] {
  return [...entries].sort((a, b) => compare(a.path, b.path) || compare(a.kind, b.kind));
}

export function entryKey({ path: itemPath, kind }: BaselineEntry): string {
  return `${itemPath}\n${kind}`;
}

/**
 * Reads a baseline; undefined when there is none.
 *
 * @param file relative to the root
 * @throws UsageError when it cannot be read or is not a baseline
 */
export function readBaseline(root: string, file: string): BaselineEntry[] | undefined {
  const text = readText(root, file);
  if (text === undefined) return undefined;
  const value = parseJson(file, text);
  const entries = isRecord(value) && value.version === 1 ? value.entries : value;
  if (!Array.isArray(entries) || !entries.every(isEntry)) {
    throw new UsageError(`the baseline ${file} is not {"version": 1, "entries": [{"path", "kind"}]}`);
  }
  const lines = text.split('\n');
  return sortEntries(
    entries.map((entry) => ({ path: entry.path, kind: entry.kind, line: findLine(lines, entry) })),
  );
}

/** @throws UsageError when the file cannot be written */
export function writeBaseline(root: string, file: string, entries: readonly BaselineEntry[]): void {
  const lines = sortEntries(entries).map(
    (entry) => `\n    ${JSON.stringify({ path: entry.path, kind: entry.kind })}`,
  );
  const list = lines.length === 0 ? '[]' : `[${lines.join(',')}\n  ]`;
  try {
    writeFileAtomically(path.resolve(root, file), `{\n  "version": 1,\n  "entries": ${list}\n}\n`);
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

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`the baseline ${file} is not JSON: ${reasonOf(error)}`);
  }
}

/** Entries stand one a line, as they are written here; others are at the top. */
function findLine(lines: readonly string[], entry: BaselineEntry): number {
  const [itemPath, kind] = [JSON.stringify(entry.path), JSON.stringify(entry.kind)];
  return Math.max(1, lines.findIndex((line) => line.includes(itemPath) && line.includes(kind)) + 1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntry(value: unknown): value is BaselineEntry {
  return isRecord(value) && typeof value.path === 'string' && typeof value.kind === 'string';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { appendFileSync, readFileSync } from 'node:fs';
import { errorCode, reasonOf } from '../cli/system-error.ts';
import { UsageError } from '../cli/usage-error.ts';
import type { Report } from './report.ts';

/** How far the list was at some time. */
export interface HistoryEntry {
  /** ISO 8601, UTC. */
  at: string;
  migrated: number;
  total: number;
  accepted: number;
  ok: boolean;
}

/**
 * Adds a line for this run to a history of JSON lines, and returns all of it. A run that says what the one before it
 * on the same day said adds none.
 *
 * @throws UsageError when the file cannot be read or written, or is no history
 */
export function keepHistory(file: string, { ok, progress, summary }: Report, now: Date): HistoryEntry[] {
  const entries = readHistory(file);
  const entry: HistoryEntry = { at: now.toISOString(), ...progress, accepted: summary.accepted, ok };
  const last = entries.at(-1);
  if (last !== undefined && isSame(last, entry)) return entries;
  try {
    appendFileSync(file, `${JSON.stringify(entry)}\n`);
  } catch (error) {
    throw new UsageError(`the history ${file} cannot be written: ${reasonOf(error)}`);
  }
  return [...entries, entry];
}

function isSame(a: HistoryEntry, b: HistoryEntry): boolean {
  const words = ({ at, migrated, total, accepted, ok }: HistoryEntry) =>
    [at.slice(0, 10), migrated, total, accepted, ok].join(' ');
  return words(a) === words(b);
}

function readHistory(file: string): HistoryEntry[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw new UsageError(`the history ${file} cannot be read: ${reasonOf(error)}`);
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    const entry = parse(line);
    if (entry === undefined) throw new UsageError(`line ${index + 1} of ${file} is no line of a history`);
    return entry;
  });
}

function parse(line: string): HistoryEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEntry(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { at, migrated, total, accepted, ok } = value as Partial<Record<keyof HistoryEntry, unknown>>;
  const isCount = (each: unknown) => typeof each === 'number' && Number.isInteger(each) && each >= 0;
  return (
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    [migrated, total, accepted].every(isCount) &&
    typeof ok === 'boolean'
  );
}

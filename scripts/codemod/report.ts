import type { FileResult, Note, Occurrence, OccurrenceKind } from '../../codemods/agent-cache/result.ts';

/** A place of the report: one that the codemod knows, or the fault that kept a file from being migrated. */
export interface PlaceReport extends Omit<Occurrence, 'kind'> {
  kind: OccurrenceKind | 'fault';
}

/** What the JSON report says of one file. */
export interface FileReport extends Pick<FileResult, 'path' | 'status'> {
  occurrences: PlaceReport[];
  /** What is worth a look in a file that was rewritten; lines are those of the text that was read. */
  notes?: readonly Note[];
}

/** A file that was settled, for the console. */
export interface SettledFile extends FileReport {
  /** Its places as they are in the text that was written; `occurrences` are those of the text that was read. */
  placesNow?: readonly PlaceReport[];
  /** Its notes with the lines of the text that was written. */
  notesNow?: readonly Note[];
  /** The text that was read, of a file that was written. */
  textRead?: string;
  /** How many of its places were moved to where the agent is first called. */
  moved?: number;
}

/** The JSON report of a run: the files that held or mentioned the agent, and the counts of the whole run. */
export interface Report {
  version: 1;
  files: FileReport[];
  summary: { scanned: number; migrated: number; partial: number; manual: number; errors: number };
  /** A person stopped the run: files that it did not come to are not told of. */
  interrupted?: true;
}

/** The report of a file as the codemod's engine left it. */
export function reportOf({ path, status, occurrences, notes, error }: FileResult): FileReport {
  if (status !== 'error') return { path, status, occurrences, ...(notes ? { notes } : {}) };
  return { path, status, occurrences: [faultOf(error ?? 'it could not be migrated'), ...occurrences] };
}

/**
 * The report of a file that was to be rewritten and was not: all of its places are still there. Those that would have
 * been left anyway keep their own reasons, unless a fault is to be told of.
 */
export function leftReport(
  { path, occurrences }: FileResult,
  status: 'manual' | 'error',
  reason: string,
  hint: string,
): FileReport {
  return {
    path,
    status,
    occurrences: occurrences.map((each) =>
      each.action === 'manual' && status === 'manual' ? each : { ...each, action: 'manual', reason, hint },
    ),
  };
}

/** The parser ends its message with the place, counting columns from 0: `Unexpected token (3:7)`. */
function faultOf(error: string): PlaceReport {
  const [place = '', line = '1', column = '0'] = /\s*\((\d+):(\d+)\)/.exec(error) ?? [];
  return {
    line: Number(line),
    column: Number(column) + 1,
    kind: 'fault',
    action: 'manual',
    reason: place === '' ? error : error.replace(place, ''),
    hint: 'repair the file and run again',
  };
}

/** Sums up a run over `scanned` files. */
export function createReport(settled: readonly SettledFile[], scanned: number): Report {
  const files = settled.map(
    ({ path, status, occurrences, notes }): FileReport => ({
      path,
      status,
      occurrences,
      ...(notes ? { notes } : {}),
    }),
  );
  const count = (status: FileReport['status']) => files.filter((file) => file.status === status).length;
  return {
    version: 1,
    files,
    summary: {
      scanned,
      migrated: count('migrated'),
      partial: count('partial'),
      manual: count('manual'),
      errors: count('error'),
    },
  };
}

/** 0 nothing left to do, 1 something is left for a person, 2 a file could not be read, parsed or written. */
export function exitCodeOf({ files, summary }: Report): 0 | 1 | 2 {
  if (summary.errors > 0) return 2;
  const left = files.some(({ occurrences }) => occurrences.some(({ action }) => action === 'manual'));
  return left || summary.partial > 0 || summary.manual > 0 ? 1 : 0;
}

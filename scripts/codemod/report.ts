import path from 'node:path';
import { type Reason, reason } from '../../codemods/agent-cache/reasons/reason.ts';
import { type Explanation, explain, type Printing } from '../../codemods/agent-cache/reasons/sentence.ts';
import type { Assumption } from '../../codemods/agent-cache/options.ts';
import { assumptionsOf } from './assumptions.ts';
import type { FileResult, Note, Occurrence, OccurrenceKind } from '../../codemods/agent-cache/result.ts';

/** A place of a run: one that the codemod knows, or the fault that kept a file from being migrated. */
export interface SettledPlace extends Omit<Occurrence, 'kind'> {
  kind: OccurrenceKind | 'fault';
}

/** A place of the report; with `manual`, why it is left and what a person can do about it. */
export interface PlaceReport extends Omit<SettledPlace, 'left'>, Partial<Explanation> {}

/** What the JSON report says of one file. */
export interface FileReport extends Pick<FileResult, 'path' | 'status'> {
  occurrences: PlaceReport[];
  /** What is worth a look in a file that was rewritten; lines are those of the text that was read. */
  notes?: readonly Note[];
}

/** A file that was settled. */
export interface SettledFile extends Pick<FileResult, 'path' | 'status'> {
  /** By the lines of the text that was read. */
  occurrences: SettledPlace[];
  notes?: readonly Note[];
  /** The text that was read, of a file that was written. */
  textRead?: string;
  /** How many of its places were moved to where the agent is first called. */
  moved?: number;
}

/** The JSON report of a run: the files that held or mentioned the agent, and the counts of the whole run. */
export interface Report {
  version: 1;
  /** What rewritten places rest on that a person vouches for. */
  assumptions: Assumption[];
  files: FileReport[];
  summary: { scanned: number; migrated: number; partial: number; manual: number; errors: number };
  /** A person stopped the run: files that it did not come to are not told of. */
  interrupted?: true;
}

/** An absolute path with forward slashes, as the places of reasons name their files. */
export function absolutePath(file: string): string {
  return path.resolve(file).split(path.sep).join('/');
}

/** A place with what is said of it. */
export function explainedPlace({ left, ...place }: SettledPlace, printing: Printing): PlaceReport {
  return left === undefined ? place : { ...place, ...explain(left, printing) };
}

/** A file as the codemod's engine left it. */
export function settledOf({ path, status, occurrences, notes, error }: FileResult): SettledFile {
  if (status !== 'error') return { path, status, occurrences, ...(notes ? { notes } : {}) };
  return { path, status, occurrences: [faultOf(error ?? 'it could not be migrated'), ...occurrences] };
}

/**
 * The report of a file that was to be rewritten and was not: all of its places are still there. Those that would have
 * been left anyway keep their own reasons, unless a fault is to be told of.
 */
export function leftFile(
  { path, occurrences }: FileResult,
  status: 'manual' | 'error',
  left: Reason,
): SettledFile {
  return {
    path,
    status,
    occurrences: occurrences.map(({ plan: _plan, ...each }) =>
      each.action === 'manual' && status === 'manual' ? each : { ...each, action: 'manual', left },
    ),
  };
}

/** The parser ends its message with the place, counting columns from 0: `Unexpected token (3:7)`. */
function faultOf(error: string): SettledPlace {
  const [place = '', line = '1', column = '0'] = /\s*\((\d+):(\d+)\)/.exec(error) ?? [];
  return {
    line: Number(line),
    column: Number(column) + 1,
    kind: 'fault',
    action: 'manual',
    left: reason('unreadable-file', [], { error: place === '' ? error : error.replace(place, '') }),
  };
}

/** Sums up a run over `scanned` files. */
export function createReport(settled: readonly SettledFile[], scanned: number): Report {
  const files = settled.map(({ path, status, occurrences, notes }): FileReport => {
    const file = absolutePath(path);
    return {
      path,
      status,
      occurrences: occurrences.map((each) => explainedPlace(each, { file })),
      ...(notes ? { notes } : {}),
    };
  });
  const count = (status: FileReport['status']) => files.filter((file) => file.status === status).length;
  return {
    version: 1,
    assumptions: assumptionsOf(files),
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

import { type Reason, reason } from '../../codemods/agent-cache/reasons/reason.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { absolutePath, leftFile, type SettledFile } from './report.ts';
import type { Settle } from './settle.ts';
import { reasonOf } from '../cli/system-error.ts';

/** A file with the text that it is to have. */
export interface Rewritten {
  result: FileResult;
  output: string;
}

/**
 * Settles files that call each other's factories, mostly one alone: all of them are written, or none. Where one is
 * left, those that were written before it are put back. The reports are in the order of the files.
 */
export async function settleTogether(files: readonly Rewritten[], settle: Settle): Promise<SettledFile[]> {
  const reports: SettledFile[] = [];
  for (const { result, output } of files) {
    const report = await settle.settle(result, output);
    if (!isSettled(result, report)) {
      const written = files.slice(0, reports.length);
      const back = written.map((each) => putBack(each, settle, reasonWith(each.result, result, files)));
      const others = files.slice(reports.length + 1).map((each) => leftWith(each.result, result, files));
      return [...back, report, ...others];
    }
    reports.push(report);
  }
  return reports;
}

/** Whether a file became what the codemod made of it. */
export function isSettled(result: FileResult, report: SettledFile): boolean {
  return report.status === result.status && report.status !== 'error';
}

/** The report of a file that stays as it is because another one did, which calls a factory of it or has one it calls. */
export function leftFor(result: FileResult, other: { file: string; name: string }): SettledFile {
  const why = result.restsOn?.includes(other.file) ? factoryStays(other.name) : callerStays(other.name);
  return leftFile(result, 'manual', why);
}

function leftWith(result: FileResult, left: FileResult, files: readonly Rewritten[]): SettledFile {
  return leftFile(result, 'manual', reasonWith(result, left, files));
}

/** Names the file that was left, or the one between the two, which is left for the same. */
function reasonWith(
  { dependsOn = [], restsOn = [] }: FileResult,
  left: FileResult,
  files: readonly Rewritten[],
): Reason {
  const near = (paths: readonly string[]) =>
    files.map(({ result }) => result).find((each) => paths.includes(absolutePath(each.path)));
  const isNear = (paths: readonly string[]) => paths.includes(absolutePath(left.path));
  if (isNear(dependsOn)) return callerStays(left.path);
  if (isNear(restsOn)) return factoryStays(left.path);
  const between = near(restsOn);
  return between ? factoryStays(between.path) : callerStays(near(dependsOn)?.path ?? left.path);
}

function factoryStays(factory: string): Reason {
  return reason('factory-not-migrated', [], { factory });
}

function callerStays(caller: string): Reason {
  return reason('caller-not-migrated', [], { caller });
}

function putBack({ result, output }: Rewritten, settle: Settle, why: Reason): SettledFile {
  try {
    settle.putBack(result, output);
  } catch (error) {
    const { caller = '', factory = caller } = why.names;
    return leftFile(result, 'error', reason('not-put-back', [], { other: factory, why: reasonOf(error) }));
  }
  return leftFile(result, 'manual', why);
}

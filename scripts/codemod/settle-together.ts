import { reason } from '../../codemods/agent-cache/reasons/reason.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { leftFile, type SettledFile } from './report.ts';
import type { Settle } from './settle.ts';
import { reasonOf } from '../cli/system-error.ts';
import { replaceFile } from '../cli/write-file.ts';

/** A file with the text that it is to have. */
export interface Rewritten {
  result: FileResult;
  output: string;
}

/**
 * Settles files that call each other's factories, mostly one alone: all of them are written, or none. Where one is
 * left, those that were written before it are put back.
 */
export async function settleTogether(files: readonly Rewritten[], settle: Settle): Promise<SettledFile[]> {
  const reports: SettledFile[] = [];
  for (const { result, output } of files) {
    const report = await settle.settle(result, output);
    if (!isSettled(result, report)) {
      const written = files.slice(0, reports.length).map((each) => putBack(each, result.path));
      const others = files.slice(reports.length + 1).map((each) => leftFor(each.result, result.path));
      return [...written, report, ...others];
    }
    reports.push(report);
  }
  return reports;
}

/** Whether a file became what the codemod made of it. */
export function isSettled(result: FileResult, report: SettledFile): boolean {
  return report.status === result.status && report.status !== 'error';
}

/** The report of a file that stays as it is because another one did, which calls a factory of it. */
export function leftFor(result: FileResult, caller: string): SettledFile {
  return leftFile(result, 'manual', reason('caller-not-migrated', [], { caller }));
}

function putBack({ result, output }: Rewritten, caller: string): SettledFile {
  try {
    replaceFile(result.path, output, result.source ?? output);
  } catch (error) {
    return leftFile(result, 'error', reason('not-put-back', [], { caller, why: reasonOf(error) }));
  }
  process.stdout.write(`put back   ${result.path}\n`);
  return leftFor(result, caller);
}

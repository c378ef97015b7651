import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import type { Arguments } from './arguments.ts';
import { assumptionsText, unusedAssumptions } from './assumptions.ts';
import { checkRequest } from './check-request.ts';
import { paletteFor } from '../cli/colour.ts';
import { notesText, placesLeft, summaryText } from './console-view.ts';
import { notFound } from './found-in-tree.ts';
import { INTERRUPTED } from './interruption.ts';
import { placesNow } from './places-now.ts';
import { createReport, exitCodeOf, type Report } from './report.ts';
import { writeReport } from './reports/write-report.ts';
import { resolveOptions } from './resolve-options.ts';
import { runOverTree } from './run-over-tree.ts';
import { UsageError } from '../cli/usage-error.ts';

/**
 * Migrates the paths of the command line, or shows what would change.
 *
 * @returns the exit code: 0 nothing left to do, 1 something is left for a person, 2 a fault in some file, or the class or
 * the cache module is not to be found, 130 stopped
 * @throws UsageError before any file is looked at: a missing path, uncommitted changes, a wrong configuration
 */
export async function migratePaths(asked: Arguments): Promise<number> {
  const options = await resolveOptions(asked);
  checkRequest(asked, options);
  if (options.sync) {
    const { checkSynchronous } = await import('./check-synchronous.ts');
    checkSynchronous(asked.paths, options);
  }
  if (!asked.dryRun && !asked.check && !asked.force) await refuseUncommitted(asked.paths);
  const palette = paletteFor(process.stdout);
  await warn(asked, options);
  const { files, scanned, namesClass, diffs, stoppedOf } = await runOverTree(asked, options, palette);
  const report: Report = {
    ...createReport(files, scanned),
    ...(stoppedOf === undefined ? {} : { interrupted: true }),
  };
  const now = await placesNow(files);
  process.stdout.write(placesLeft(now, palette));
  process.stdout.write(notesText(now, palette));
  process.stdout.write(assumptionsText(files, palette));
  for (const line of unusedAssumptions(files, options)) process.stderr.write(`codemod: ${line}\n`);
  const isTold = report.summary.migrated + report.summary.partial > 0 || stoppedOf !== undefined;
  const missing = isTold ? [] : notFound(asked.paths, options, namesClass);
  process.stdout.write(summaryText(report, options, { ...asked, missing, stoppedOf }, palette));
  if (asked.report !== undefined) {
    const isPreview = asked.dryRun || asked.check;
    await writeReport(asked.report, { report, options, paths: asked.paths, isPreview, diffs });
  }
  if (stoppedOf !== undefined) return INTERRUPTED;
  if (missing.length > 0) return 2;
  return asked.check ? Math.max(exitCodeOf(report), isChanged(report) ? 1 : 0) : exitCodeOf(report);
}

/** Whether a run would change a file. */
function isChanged({ summary }: Report): boolean {
  return summary.migrated + summary.partial > 0;
}

async function refuseUncommitted(paths: readonly string[]): Promise<void> {
  const { uncommittedFiles } = await import('./git-status.ts');
  const [first, ...others] = uncommittedFiles(paths);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  throw new UsageError(
    `uncommitted changes in ${first}${more}: commit or stash them first, or go on with --force`,
  );
}

/** What is likely to be a mistake, and may be meant. */
async function warn(asked: Arguments, options: CodemodOptions): Promise<void> {
  if (asked.flags.tasks === undefined) return;
  const { tasksWarning } = await import('./warnings.ts');
  const warning = tasksWarning(asked, options);
  if (warning !== undefined) process.stderr.write(`codemod: ${warning}\n`);
}

import { statSync } from 'node:fs';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import type { Arguments } from './arguments.ts';
import { checkRequest } from './check-request.ts';
import { type Palette, paletteFor } from './colour.ts';
import { notesText, placesLeft, summaryText } from './console-view.ts';
import { createFormatAsTree, type FormatAsTree } from './formatting/format-as-tree.ts';
import { createProgress } from './progress.ts';
import { createReport, exitCodeOf, type Report, type SettledFile } from './report.ts';
import { resolveOptions } from './resolve-options.ts';
import type { Settle } from './settle.ts';
import { SettleInOrder } from './settle-in-order.ts';
import { reasonOf } from './system-error.ts';
import { UsageError } from './usage-error.ts';
import { writeFileAtomically } from './write-file.ts';

/**
 * Migrates the paths of the command line, or shows what would change.
 *
 * @returns the exit code: 0 nothing left to do, 1 something is left for a person, 2 a fault in some file
 * @throws UsageError before any file is looked at: a missing path, uncommitted changes, a wrong configuration
 */
export async function migratePaths(asked: Arguments): Promise<number> {
  const options = await resolveOptions(asked);
  checkRequest(asked, options);
  if (!asked.dryRun && !asked.force) await refuseUncommitted(asked.paths);
  const palette = paletteFor(process.stdout);
  await warn(asked, options);
  const { files, scanned, namesClass } = await run(asked, options, palette);
  const report = createReport(files, scanned);
  process.stdout.write(placesLeft(await printable(files), palette));
  process.stdout.write(notesText(files, palette));
  process.stdout.write(summaryText(report, options, { ...asked, namesClass }, palette));
  if (asked.report !== undefined) writeReport(asked.report, report);
  return exitCodeOf(report);
}

/** Other files are compared with what they were only where a reason names a line of one. */
async function printable(files: readonly SettledFile[]): Promise<readonly SettledFile[]> {
  const reasons = files.flatMap(({ occurrences }) => occurrences.map(({ reason = '' }) => reason));
  if (!reasons.some((reason) => / line \d+ of /.test(reason))) return files;
  const { withLinesElsewhere } = await import('./lines-elsewhere.ts');
  return await withLinesElsewhere(files);
}

function writeReport(file: string, report: Report): void {
  try {
    writeFileAtomically(file, `${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`the report was not written to ${file}: ${reasonOf(error)}`);
  }
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

interface Run {
  files: SettledFile[];
  scanned: number;
  namesClass: boolean;
}

async function run(asked: Arguments, options: CodemodOptions, palette: Palette): Promise<Run> {
  const progress = createProgress(process.stderr);
  const settle = await createSettle(asked, palette);
  const tree = migrateTree(asked.paths, options);
  const format = createFormatAsTree();
  const settled = new SettleInOrder(settle);
  const seen = new Set<string>();
  try {
    for await (const result of tree) {
      progress.clear();
      seen.add(result.path);
      await settled.take(await formatted(result, format));
      progress.update(tree.scanned, tree.total);
    }
    for (const result of await brokenAmong(asked.paths, seen, options)) await settled.take(result);
    return { files: await settled.finish(), scanned: tree.scanned, namesClass: tree.namesClass };
  } finally {
    progress.clear();
    settle.close();
  }
}

async function formatted(result: FileResult, format: FormatAsTree): Promise<FileResult> {
  const { path: file, source, output } = result;
  if (source === undefined || output === undefined) return result;
  return { ...result, output: await format(file, source, output) };
}

/** The parser is loaded only if a file was named, and not for folders in which there is nothing to do. */
async function brokenAmong(
  paths: readonly string[],
  seen: ReadonlySet<string>,
  { exclude }: CodemodOptions,
): Promise<FileResult[]> {
  if (!paths.some((each) => statSync(each, { throwIfNoEntry: false })?.isFile())) return [];
  const { brokenNamedFiles } = await import('./named-files.ts');
  return brokenNamedFiles(paths, seen, exclude);
}

async function createSettle({ dryRun, interactive }: Arguments, palette: Palette): Promise<Settle> {
  const settles = await import('./settle.ts');
  if (dryRun) return await settles.previewEach(palette);
  if (interactive) return await settles.askEach(palette);
  return settles.writeEach(palette);
}

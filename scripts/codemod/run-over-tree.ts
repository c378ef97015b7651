import { statSync } from 'node:fs';
import { migrateTree, type TreeMigration } from '../../codemods/agent-cache/migrate-tree.ts';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import type { Arguments } from './arguments.ts';
import { type Palette, paletteFor } from '../cli/colour.ts';
import { createFormatAsTree, type FormatAsTree } from './formatting/format-as-tree.ts';
import type { SettledFile } from './report.ts';
import { showsDiffs } from './reports/write-report.ts';
import type { Settle } from './settle.ts';
import { SettleInOrder } from './settle-in-order.ts';
import { StoppedError, watchRun, type WatchedRun } from './watched-run.ts';

/** What became of the files of a run. */
export interface TreeRun {
  files: SettledFile[];
  scanned: number;
  namesClass: boolean;
  /** The diffs of what was rewritten by the files' paths, where the report shows them. */
  diffs: ReadonlyMap<string, string>;
  /** Of how many files, when a person stopped it before the last one. */
  stoppedOf?: number;
}

/** Looks through the paths of the command line, and settles each file that was rewritten as it is asked for. */
export async function runOverTree(
  asked: Arguments,
  options: CodemodOptions,
  palette: Palette,
): Promise<TreeRun> {
  let settle: Settle | undefined;
  const run = watchRun(() => settle?.close());
  try {
    const tree = migrateTree(asked.paths, options, run.watch);
    const results = asked.interactive ? await allOf(tree) : tree;
    settle = await createSettle(asked, palette, Array.isArray(results) ? rewritten(results) : 0);
    const settled = new SettleInOrder(settle);
    const diffs = new Map<string, string>();
    const isDone = await settleAll(results, settled, run, asked, options, diffs);
    const files = await settled.finish();
    const { scanned, total, namesClass } = tree;
    return { files, scanned, namesClass, diffs, ...(isDone ? {} : { stoppedOf: total }) };
  } finally {
    run.end();
    settle?.close();
  }
}

/** @returns whether all were settled, before a person wished to stop */
async function settleAll(
  results: AsyncIterable<FileResult> | readonly FileResult[],
  settled: SettleInOrder,
  run: WatchedRun,
  { paths, report }: Arguments,
  options: CodemodOptions,
  diffs: Map<string, string>,
): Promise<boolean> {
  const format = createFormatAsTree();
  const seen = new Set<string>();
  try {
    for await (const result of results) {
      seen.add(result.path);
      const ready = await formatted(result, format);
      await run.printing(() => settled.take(ready));
      if (showsDiffs(report) && ready.output !== undefined)
        diffs.set(ready.path, await diffOf(ready, ready.output));
      if (run.isStopped) return false;
    }
    for (const result of await brokenAmong(paths, seen, options)) await settled.take(result);
    return true;
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    return false;
  }
}

async function diffOf({ path: file, source = '' }: FileResult, output: string): Promise<string> {
  const { unifiedDiff } = await import('./unified-diff.ts');
  return unifiedDiff(file, source, output, paletteFor({ isTTY: false }, {}));
}

/** Whoever is asked file by file wants to know how many there are. */
async function allOf(tree: TreeMigration): Promise<FileResult[]> {
  const results: FileResult[] = [];
  try {
    for await (const result of tree) results.push(result);
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    return [];
  }
  return results;
}

function rewritten(results: readonly FileResult[]): number {
  return results.filter(({ output }) => output !== undefined).length;
}

const KEPT_LINE =
  'kept on one line, though the formatter would break it: a directive above is about that line';

async function formatted(result: FileResult, format: FormatAsTree): Promise<FileResult> {
  const { path: file, source, output } = result;
  if (source === undefined || output === undefined) return result;
  const { text, kept } = await format(file, source, output);
  if (kept.length === 0) return { ...result, output: text };
  // Notes name lines of the text that was read.
  const { movedLines } = await import('./moved-lines.ts');
  const before = await movedLines(text, source);
  const told = kept.map((line) => ({ line: before(line), text: KEPT_LINE }));
  return { ...result, output: text, notes: [...(result.notes ?? []), ...told] };
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

async function createSettle(
  { dryRun, check, interactive }: Arguments,
  palette: Palette,
  total: number,
): Promise<Settle> {
  const settles = await import('./settle.ts');
  if (dryRun) return await settles.previewEach(palette);
  if (check) return settles.nameEach(palette);
  if (interactive) return await settles.askEach(palette, total);
  return settles.writeEach(palette);
}

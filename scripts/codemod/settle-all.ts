import { statSync } from 'node:fs';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { paletteFor } from '../cli/colour.ts';
import type { Arguments } from './arguments.ts';
import { createFormatAsTree, type FormatAsTree } from './formatting/format-as-tree.ts';
import { showsDiffs } from './reports/write-report.ts';
import type { SettledFile } from './report.ts';
import { SettleInOrder } from './settle-in-order.ts';
import type { Settle } from './settle.ts';
import { StoppedError, type WatchedRun } from './watched-run.ts';

/** What the steps of one run have in common. */
export interface Run {
  asked: Arguments;
  options: CodemodOptions;
  watched: WatchedRun;
  /** The diffs of what was rewritten by the files' paths, where the report shows them. */
  diffs: Map<string, string>;
}

/** What was settled, and whether that came to its end before a person wished to stop. */
export interface Settlement {
  files: SettledFile[];
  isDone: boolean;
}

/** Settles what a tree gives, and names files of the command line that are no source. */
export async function settleTree(
  results: AsyncIterable<FileResult> | readonly FileResult[],
  settle: Settle,
  run: Run,
): Promise<Settlement> {
  const settled = new SettleInOrder(settle);
  const isDone = await settleUntilStopped(results, settled, run);
  return { files: await settled.finish(), isDone };
}

async function settleUntilStopped(
  results: AsyncIterable<FileResult> | readonly FileResult[],
  settled: SettleInOrder,
  run: Run,
): Promise<boolean> {
  const seen = new Set<string>();
  const settleOne = settlingOf(settled, run);
  try {
    for await (const result of results) {
      seen.add(result.path);
      await settleOne(result);
      if (run.watched.isStopped) return false;
    }
    for (const result of await brokenAmong(run.asked.paths, seen, run.options)) await settled.take(result);
    return true;
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    return false;
  }
}

/** Settles one result after another, formatted as its tree is. */
export function settlingOf(
  settled: SettleInOrder,
  { asked: { report }, watched, diffs }: Run,
): (result: FileResult) => Promise<void> {
  const format = createFormatAsTree();
  return async (result) => {
    const ready = await formatted(result, format);
    await watched.printing(() => settled.take(ready));
    if (showsDiffs(report) && ready.output !== undefined)
      diffs.set(ready.path, await diffOf(ready, ready.output));
  };
}

async function diffOf({ path: file, source = '' }: FileResult, output: string): Promise<string> {
  const { unifiedDiff } = await import('./unified-diff.ts');
  return unifiedDiff(file, source, output, paletteFor({ isTTY: false }, {}));
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

import { placeKey } from '../../codemods/agent-cache/options.ts';
import { migrateFiles, type TreeMigration } from '../../codemods/agent-cache/migrate-tree.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import type { Palette } from '../cli/colour.ts';
import { type AskEach, askEach } from './ask-each.ts';
import { absolutePath, type SettledFile } from './report.ts';
import { type Run, type Settlement, settleTree, settlingOf } from './settle-all.ts';
import { SettleInOrder } from './settle-in-order.ts';
import { isSettled } from './settle-together.ts';
import { type Settle, writeEach } from './settle.ts';
import { StoppedError } from './watched-run.ts';

/**
 * Asks about everything that was rewritten, and writes what was wanted when the last question is answered or the
 * questions are ended: what stays may change what can be done elsewhere, so the tree is judged again with it.
 *
 * @param settlesBy is told who asks, to end the questions when a person wishes to stop
 */
export async function askOverTree(
  tree: TreeMigration,
  run: Run,
  palette: Palette,
  settlesBy: (settle: Settle) => void,
): Promise<Settlement> {
  const results = await allOf(tree);
  const questions = askEach(palette, results);
  settlesBy(questions);
  const { files, isDone } = await settleTree(results, questions, run);
  const reports = new Map(files.map((report) => [report.path, report]));
  const isWanted = (result: FileResult) => {
    const report = reports.get(result.path);
    return result.output !== undefined && report !== undefined && isSettled(result, report);
  };
  const shown = results.filter(isWanted);
  const staying = results.filter((result) => result.output !== undefined && !isWanted(result));
  const written = new SettleInOrder(writeEach(palette));
  const settle = settlingOf(written, run);
  for (const result of await besideWhatStays(tree, { shown, staying, kept: questions.kept }, run))
    await settle(result);
  // A file may have nothing to do any more: what it was to wait for stays.
  for (const { path } of shown) reports.delete(path);
  for (const report of await written.finish()) reports.set(report.path, report);
  const settled = files.flatMap(({ path }) => reports.get(path) ?? []);
  process.stdout.write(stayingNote(settled, questions.wanted));
  return { files: settled, isDone };
}

/** Names what stays although it was wanted: what was declined keeps others from being migrated. */
function stayingNote(files: readonly SettledFile[], wanted: AskEach['wanted']): string {
  const staying = files.flatMap((file) => stayingOf(file, wanted));
  if (staying.length === 0) return '';
  return `\nAnswered with yes, and left all the same because of what was not migrated: ${staying.join(', ')}\n`;
}

function stayingOf({ path, status, occurrences }: SettledFile, wanted: AskEach['wanted']): string[] {
  const file = absolutePath(path);
  if (wanted.has(file)) return status === 'manual' || status === 'unchanged' ? [path] : [];
  return occurrences
    .filter((each) => each.action === 'manual' && wanted.has(placeKey(file, each)))
    .map(({ line, column }) => `${path}:${line}:${column}`);
}

/** Whoever is asked place by place wants to know how many there are. */
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

/** What came of the answers. */
interface Answered {
  /** What was shown, and is wanted. */
  shown: readonly FileResult[];
  /** What was to be rewritten, and stays. */
  staying: readonly FileResult[];
  kept: AskEach['kept'];
}

/** What is to be written: all as it was shown, or what the codemod makes of the tree beside what stays. */
async function besideWhatStays(
  { files }: TreeMigration,
  { shown, staying, kept }: Answered,
  { asked, options }: Run,
): Promise<readonly FileResult[]> {
  if (shown.length === 0 || (staying.length === 0 && kept.size === 0)) return shown;
  const left = new Set(staying.map(({ path }) => absolutePath(path)));
  const others = files.filter((file) => !left.has(absolutePath(file)));
  const wanted = new Set(shown.map(({ path }) => path));
  const again: FileResult[] = [];
  for await (const result of migrateFiles(others, asked.paths, { ...options, keep: kept }))
    if (wanted.has(result.path)) again.push(result);
  return again;
}

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
  const answered = new Map(files.map((report) => [report.path, report]));
  const written = new SettleInOrder(writeEach(palette));
  const settle = settlingOf(written, run);
  for (const result of await wanted(tree, results, { answered, questions, run })) await settle(result);
  for (const report of await written.finish()) answered.set(report.path, report);
  return { files: [...answered.values()], isDone };
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

interface Answers {
  answered: ReadonlyMap<string, SettledFile>;
  questions: AskEach;
  run: Run;
}

/** What is to be written: all as it was shown, or what the codemod makes of the tree beside what stays. */
async function wanted(
  { files }: TreeMigration,
  results: readonly FileResult[],
  { answered, questions: { kept }, run: { asked, options } }: Answers,
): Promise<FileResult[]> {
  const isWanted = (result: FileResult) => {
    const report = answered.get(result.path);
    return report !== undefined && isSettled(result, report);
  };
  const staying = results.filter((result) => result.output !== undefined && !isWanted(result));
  const rewritten = results.filter((result) => result.output !== undefined && isWanted(result));
  if (rewritten.length === 0 || (staying.length === 0 && kept.size === 0)) return rewritten;
  const left = new Set(staying.map(({ path }) => absolutePath(path)));
  const others = files.filter((file) => !left.has(absolutePath(file)));
  const again: FileResult[] = [];
  const shown = new Set(rewritten.map(({ path }) => path));
  for await (const result of migrateFiles(others, asked.paths, { ...options, keep: kept }))
    if (shown.has(result.path)) again.push(result);
  return again;
}

import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import type { Palette } from '../cli/colour.ts';
import type { Arguments } from './arguments.ts';
import type { SettledFile } from './report.ts';
import { type Run, settleTree } from './settle-all.ts';
import type { Settle } from './settle.ts';
import { watchRun } from './watched-run.ts';

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
  let closing: Settle | undefined;
  const watched = watchRun(() => closing?.close());
  const run: Run = { asked, options, watched, diffs: new Map() };
  const settlesBy = (settle: Settle) => (closing = settle);
  try {
    const tree = migrateTree(asked.paths, options, watched.watch);
    const { files, isDone } = asked.interactive
      ? await (await import('./ask-over-tree.ts')).askOverTree(tree, run, palette, settlesBy)
      : await settleTree(tree, settlesBy(await createSettle(asked, palette)), run);
    const { scanned, total, namesClass } = tree;
    return { files, scanned, namesClass, diffs: run.diffs, ...(isDone ? {} : { stoppedOf: total }) };
  } finally {
    watched.end();
    closing?.close();
  }
}

async function createSettle({ dryRun, check }: Arguments, palette: Palette): Promise<Settle> {
  const settles = await import('./settle.ts');
  if (dryRun) return await settles.previewEach(palette);
  return check ? settles.nameEach(palette) : settles.writeEach(palette);
}

import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DEFAULT_OPTIONS } from '../../../codemods/agent-cache/options.ts';
import type { FileResult } from '../../../codemods/agent-cache/result.ts';
import { markedLines, type Tree } from '../behaviour/support/tree.ts';
import { sourceFolderOf, writeTrees } from '../behaviour/support/write-trees.ts';
import type { RuleMutant } from './mutants.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

type Migrate = (paths: readonly string[], options: typeof DEFAULT_OPTIONS) => AsyncIterable<FileResult>;

/**
 * Whether the codemod leaves in a tree exactly the places that the tree marks.
 *
 * @param mutant a rule that is switched off in a copy of the codemod; the codemod as it is without one
 */
export async function leavesWhatIsMarked(tree: Tree, mutant?: RuleMutant): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'codemod-mutant-'));
  try {
    await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    await writeFile(path.join(folder, 'package.json'), '{"type": "module"}');
    await cp(path.join(ROOT, 'codemods/agent-cache'), path.join(folder, 'agent-cache'), { recursive: true });
    if (mutant) await apply(mutant, path.join(folder, 'agent-cache', mutant.file));
    writeTrees(path.join(folder, 'trees'), [tree]);
    const module: { migrateTree: Migrate } = await import(
      pathToFileURL(path.join(folder, 'agent-cache/migrate-tree.ts')).href
    );
    const source = path.join(folder, 'trees', sourceFolderOf(tree));
    const left = new Set<string>();
    for await (const { path: file, occurrences } of module.migrateTree(
      [path.join(folder, 'trees')],
      DEFAULT_OPTIONS,
    )) {
      for (const { action, line } of occurrences)
        if (action === 'manual') left.add(`${path.resolve(file)}:${line}`);
    }
    const marked = Object.entries(tree.files).flatMap(([file, text]) =>
      markedLines(text).map(({ line }) => `${path.join(source, file)}:${line}`),
    );
    return left.size === marked.length && marked.every((each) => left.has(each));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function apply({ name, find, replace }: RuleMutant, file: string): Promise<void> {
  const source = await readFile(file, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`${name}: its place is not found exactly once`);
  await writeFile(
    file,
    source.replace(find, () => replace),
  );
}

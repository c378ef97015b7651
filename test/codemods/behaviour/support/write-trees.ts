import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';
import { COMMON_FILES, IMPORT_EXTENSION } from './fake-agent.ts';
import type { Flavour, Tree } from './tree.ts';

/** Where a tree lies below the folder that holds all of them. */
export function folderOf(tree: Tree): string {
  return tree.name.replaceAll(' ', '-');
}

/** Where a tree's `src` lies below the folder that holds all of them. */
export function sourceFolderOf(tree: Tree): string {
  return path.posix.join(folderOf(tree), tree.folder ?? '', 'src');
}

/** Writes trees below `root`. */
export function writeTrees(root: string, trees: readonly Tree[]): void {
  for (const tree of trees) {
    const all = { ...packageFiles(tree), ...sourceFiles(tree), ...tree.root };
    for (const [file, text] of Object.entries(all)) {
      const target = path.join(root, folderOf(tree), file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }
}

/** The files of a tree below its folder that its author wrote. */
export function ownFiles(tree: Tree): [string, string][] {
  const { flavour = 'ts' } = tree;
  return Object.entries(tree.files).map(([file, text]) => [
    path.posix.join(tree.folder ?? '', 'src', file),
    text.replaceAll('%ext', IMPORT_EXTENSION[flavour]),
  ]);
}

function packageFiles({ flavour = 'ts', folder = '' }: Tree): Record<string, string> {
  const manifest = { type: flavour === 'cjs' ? 'commonjs' : 'module', dependencies: { express: '^5.0.0' } };
  return { [path.posix.join(folder, 'package.json')]: `${JSON.stringify(manifest, null, 2)}\n` };
}

function sourceFiles(tree: Tree): Record<string, string> {
  const { flavour = 'ts', folder = '' } = tree;
  const written = new Set(Object.keys(tree.files).map((file) => file.replace(/\.\w+$/, '')));
  const common = Object.entries(COMMON_FILES).flatMap(([file, text]) => {
    if (written.has(file)) return [];
    const source = text.replaceAll('%ext', IMPORT_EXTENSION[flavour]);
    const target = path.posix.join(folder, 'src', `${file}.${flavour.startsWith('ts') ? 'ts' : 'js'}`);
    return [[target, flavour.startsWith('ts') ? source : asJavaScript(source, flavour)]];
  });
  return Object.fromEntries([...common, ...ownFiles(tree)]) as Record<string, string>;
}

/** TypeScript without its types, as the modules of a flavour. */
export function asJavaScript(source: string, flavour: Flavour): string {
  const { code } = transformSync(source, {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: flavour === 'cjs' ? 'commonjs' : 'es6' },
  });
  return code;
}

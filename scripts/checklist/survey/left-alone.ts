import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { findSourceFiles } from '../../../codemods/agent-cache/files/find-source-files.ts';
import { buildOutput } from '../../../codemods/agent-cache/files/build-output.ts';
import {
  isForeignFolder,
  isMigratableFile,
  isSkippedFolder,
} from '../../../codemods/agent-cache/files/excluded.ts';
import { gitIgnored } from '../../../codemods/agent-cache/files/git-ignored.ts';
import { excluded } from '../../../codemods/agent-cache/files/left-out.ts';
import { toItemPath } from '../item-paths.ts';

const SOURCE = /\.[cm]?[jt]sx?$/;

export const GIT_IGNORES_IT = 'git ignores it';
export const LINK_LEADS_OUT = 'a link leads out of the tree to it';

/** Says why a file of the tree was not read as code, for the one that was not. */
export function reasonUnread(root: string, { exclude }: CodemodOptions): (itemPath: string) => string {
  let rules: { isExcluded: Tells; isIgnored: Tells; isOutput: Tells } | undefined;
  return (itemPath) => {
    const folders = itemPath.split('/');
    const name = folders.pop() ?? '';
    if (!SOURCE.test(name)) return 'it is no JavaScript or TypeScript';
    rules ??= {
      isExcluded: excluded(exclude),
      isIgnored: gitIgnored(root),
      isOutput: buildOutput(root),
    };
    const file = path.join(root, itemPath);
    if (rules.isExcluded(file)) return 'the configuration excludes it';
    if (rules.isIgnored(file)) return GIT_IGNORES_IT;
    if (rules.isOutput(file)) return 'the compiler wrote it';
    const folder = folders.find(isSkippedFolder);
    if (folder !== undefined)
      return isForeignFolder(folder)
        ? `${folder}/ is no source of this tree's own`
        : `${folder}/ has tests, which no other code imports`;
    if (/\.d\.([\w-]+\.)?[cm]?ts$/.test(name)) return 'it only declares types';
    if (!isMigratableFile(name)) return 'it is a test by its name';
    return isLinked(root, file) ? LINK_LEADS_OUT : 'it is not among the files that were read';
  };
}

function isLinked(root: string, file: string): boolean {
  return existsSync(file) && realpathSync(file) !== path.join(realpathSync(root), path.relative(root, file));
}

type Tells = (file: string) => boolean;

/** The source files that globs took out of the run, by their paths in the tree, sorted. */
export function excludedFiles(root: string, { exclude }: CodemodOptions): string[] {
  if (exclude.length === 0) return [];
  const isExcluded = excluded(exclude);
  return findSourceFiles([root])
    .filter((file) => isExcluded(file))
    .map((file) => toItemPath(root, file))
    .sort();
}

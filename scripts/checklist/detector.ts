import path from 'node:path';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { isMigratableFile, isSkippedFolder } from '../../codemods/agent-cache/files/excluded.ts';
import { leftOut } from '../../codemods/agent-cache/files/left-out.ts';
import type { FileResult } from '../../codemods/agent-cache/result.ts';
import { UsageError } from '../codemod/usage-error.ts';

/** What a look at the tree found: the files in which the codemod has something to do, or could not look. */
export interface Detection {
  /** By path relative to the root, with forward slashes. */
  unfinished: Map<string, FileResult>;
  /** How many source files were looked at. */
  scanned: number;
}

/** Looks through a tree with the codemod's own eyes and writes nothing. */
export type Detector = (root: string, options: CodemodOptions) => Promise<Detection>;

/** The codemod itself as the detector. */
export const detect: Detector = async (root, options) => {
  const unfinished = new Map<string, FileResult>();
  const migration = openTree(root, options);
  for await (const result of migration) {
    if (!isUnfinished(result)) continue;
    // Without the new text, or memory would grow with the tree.
    unfinished.set(toItemPath(root, result.path), { ...result, output: undefined });
  }
  return { unfinished, scanned: migration.scanned };
};

/** Whether a dry run of the codemod has something to do in the file, or to say about it. */
function isUnfinished({ status, occurrences }: FileResult): boolean {
  return status !== 'unchanged' || occurrences.length > 0;
}

function openTree(root: string, options: CodemodOptions): ReturnType<typeof migrateTree> {
  try {
    return migrateTree([root], options);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Tells the source files that the codemod never looks at: tests, declarations, build output, what git ignores, what is excluded. */
export function leftAlone(root: string, { exclude }: CodemodOptions): (itemPath: string) => boolean {
  let isLeftOut: ReturnType<typeof leftOut> | undefined;
  return (itemPath) => {
    const folders = itemPath.split('/');
    const name = folders.pop() ?? '';
    if (!/\.[cm]?[jt]sx?$/.test(name)) return false;
    if (!isMigratableFile(name) || folders.some(isSkippedFolder)) return true;
    isLeftOut ??= leftOut(root, exclude);
    return isLeftOut(path.join(root, itemPath));
  };
}

/** The path of a file as the list writes it. */
export function toItemPath(root: string, file: string): string {
  return path.relative(root, path.resolve(file)).split(path.sep).join('/');
}

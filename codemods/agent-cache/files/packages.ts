import path from 'node:path';
import { foldersAbove, isFile, readText } from './files.ts';
import { type Files, filesNow } from './files-once.ts';
import { repositoryOf } from './git.ts';
import { objectOf, parseJsonWithComments } from './json-with-comments.ts';

/**
 * The folder in which whoever imports a file is looked for: its workspace, where packages import each other, or else
 * its package. What lies above the file's repository belongs to something else, as a stray package.json at home does.
 */
export function importRootOf(file: string, files: Files = filesNow): string | undefined {
  const repository = repositoryOf(path.posix.dirname(file));
  const folders: string[] = [];
  for (const folder of foldersAbove(file)) {
    folders.push(folder);
    if (folder === repository) break;
  }
  return folders.find((each) => isWorkspace(each, files)) ?? folders.find(hasManifest) ?? repository;
}

/** Files that stand at the root of packages which import each other by name. */
const WORKSPACE_FILES = ['pnpm-workspace.yaml', 'lerna.json', 'rush.json'];

/** Whether a folder is the root of packages that import each other by name. */
export function isWorkspace(folder: string, files: Files = filesNow): boolean {
  if (WORKSPACE_FILES.some((name) => files.isFile(path.posix.join(folder, name)))) return true;
  return (
    files.objectAt(path.posix.join(folder, 'package.json')).workspaces !== undefined ||
    ['deno.json', 'deno.jsonc'].some(
      (name) => files.objectAt(path.posix.join(folder, name)).workspace !== undefined,
    )
  );
}

/** Whether a folder below another is a package, or a repository, of its own. */
export function isOwnPackage(folder: string, names: readonly string[]): boolean {
  return names.includes('.git') || (names.includes('package.json') && 'name' in manifestOf(folder));
}

/** What the package.json of a folder says; empty where there is none. */
export function manifestOf(folder: string): Record<string, unknown> {
  return objectOf(parseJsonWithComments(readText(path.posix.join(folder, 'package.json')) ?? ''));
}

function hasManifest(folder: string): boolean {
  return isFile(path.posix.join(folder, 'package.json'));
}

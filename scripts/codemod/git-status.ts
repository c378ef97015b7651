import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { repositoryOf, runGit } from '../../codemods/agent-cache/files/git.ts';
import { reasonOf } from '../cli/system-error.ts';
import { UsageError } from '../cli/usage-error.ts';

const SOURCE = /\.[cm]?[jt]sx?$/;
/** Paths to one call of git, well below what a command line may hold. */
const CHUNK = 200;

/**
 * Lists what git would lose track of under the paths: tracked files with uncommitted changes, and untracked
 * source files. Nothing outside a work tree, or where there is no git.
 *
 * @returns the files, relative to their repository
 * @throws UsageError when a repository is there but git refuses to tell
 */
export function uncommittedFiles(paths: readonly string[]): string[] {
  const dirty = new Set<string>();
  for (const [root, inside] of groupByRepository(paths)) {
    for (let start = 0; start < inside.length; start += CHUNK) {
      const status = gitStatus(root, inside.slice(start, start + CHUNK));
      if (status === undefined) break;
      for (const file of parseStatus(status).flatMap((entry) => filesOf(root, entry))) dirty.add(file);
    }
  }
  return [...dirty];
}

/** The file of an entry, or the uncommitted ones of a folder that is a repository of its own. */
function filesOf(root: string, entry: string): string[] {
  if (!entry.endsWith('/')) return [entry];
  const folder = path.join(root, entry);
  if (repositoryOf(path.resolve(folder)) === root) return [];
  return uncommittedFiles([folder]).map((file) => entry + file);
}

function groupByRepository(paths: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const each of paths) {
    const real = realpathSync(each);
    const root = repositoryOf(statSync(real).isDirectory() ? real : path.dirname(real));
    if (root === undefined) continue;
    const group = groups.get(root) ?? [];
    group.push(real);
    groups.set(root, group);
  }
  return groups;
}

function gitStatus(root: string, paths: readonly string[]): string | undefined {
  const { error, status, stdout, stderr } = runGit(root, [
    'status',
    '--porcelain=v1',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--',
    ...paths,
  ]);
  if (error !== undefined) {
    if ('code' in error && error.code === 'ENOENT') return undefined;
    throw cannotTell(reasonOf(error));
  }
  if (status === 0) return stdout;
  if (stderr.includes('not a git repository')) return undefined;
  throw cannotTell(stderr.trim().split('\n', 1)[0] ?? '');
}

function cannotTell(reason: string): UsageError {
  return new UsageError(
    `git cannot say whether the tree is clean (${reason}): repair it, or go on with --force`,
  );
}

function parseStatus(status: string): string[] {
  return status
    .split('\0')
    .filter((entry) => entry !== '')
    .filter((entry) => !entry.startsWith('??') || SOURCE.test(entry) || entry.endsWith('/'))
    .map((entry) => entry.slice(3));
}

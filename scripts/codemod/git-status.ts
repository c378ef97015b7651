import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { reasonOf } from './system-error.ts';
import { UsageError } from './usage-error.ts';

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
      for (const file of parseStatus(status)) dirty.add(file);
    }
  }
  return [...dirty];
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

/** The nearest folder with a `.git`: a folder, or the file that a work tree or a submodule has. */
function repositoryOf(folder: string): string | undefined {
  if (existsSync(path.join(folder, '.git'))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}

function gitStatus(root: string, paths: readonly string[]): string | undefined {
  const { error, status, stdout, stderr } = spawnSync(
    'git',
    [
      '--literal-pathspecs',
      'status',
      '--porcelain=v1',
      '-z',
      '--no-renames',
      '--untracked-files=all',
      '--',
      ...paths,
    ],
    { cwd: root, env: withoutGitVariables(), encoding: 'utf8', maxBuffer: 1 << 28 },
  );
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

/** A git hook sets GIT_DIR and its like for its own repository, which need not be the one of the paths. */
function withoutGitVariables(): NodeJS.ProcessEnv {
  const local = new Set(['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR']);
  const kept = Object.entries(process.env).filter(([name]) => !local.has(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

function parseStatus(status: string): string[] {
  return status
    .split('\0')
    .filter((entry) => entry !== '')
    .filter((entry) => !entry.startsWith('??') || SOURCE.test(entry))
    .map((entry) => entry.slice(3));
}

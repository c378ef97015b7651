import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The nearest folder with a `.git`: a folder, or the file that a work tree or a submodule has. */
export function repositoryOf(folder: string): string | undefined {
  if (existsSync(path.join(folder, '.git'))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}

/** Runs git in a folder, in plain English and for the repository of that folder. */
export function runGit(folder: string, args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync('git', ['--literal-pathspecs', ...args], {
    cwd: folder,
    env: withoutGitVariables(),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
}

/** A git hook sets GIT_DIR and its like for its own repository, which need not be the one of the paths. */
function withoutGitVariables(): NodeJS.ProcessEnv {
  const local = new Set(['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR']);
  const kept = Object.entries(process.env).filter(([name]) => !local.has(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

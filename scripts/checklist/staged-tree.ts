import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runGit } from '../../codemods/agent-cache/files/git.ts';
import { UsageError } from '../cli/usage-error.ts';
import { firstLine, writeIndex } from './staged-index.ts';

/** A copy of what the index of git has. */
export interface StagedTree {
  /** Absolute: the root within the copy. */
  root: string;
  remove: () => void;
}

/**
 * Writes what is staged into a folder of its own, so that unstaged work neither blocks nor passes.
 *
 * @throws UsageError when git cannot tell
 */
export function stagedTree(root: string, env: NodeJS.ProcessEnv): StagedTree {
  const top = topOf(root);
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'staged-')));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    writeIndex({ top, env: indexEnvironment(top, env) }, folder);
  } catch (error) {
    remove();
    throw error;
  }
  const inside = path.join(folder, path.relative(top, realpathSync(root)));
  if (!existsSync(inside)) {
    remove();
    throw new UsageError(`nothing of ${root} is in the index of git`);
  }
  // What packages and configurations are asked for is not in the index.
  for (const [from, to] of [
    [top, folder],
    [root, inside],
  ] as const) {
    const modules = path.join(from, 'node_modules');
    if (existsSync(modules) && !existsSync(path.join(to, 'node_modules')))
      symlinkSync(modules, path.join(to, 'node_modules'), 'dir');
  }
  return { root: inside, remove };
}

function topOf(root: string): string {
  const { status, stdout, stderr, error } = runGit(root, ['rev-parse', '--show-toplevel']);
  if (status === 0) return realpathSync(stdout.trim());
  throw new UsageError(`--staged needs a git repository: ${firstLine(error?.message ?? stderr)}`);
}

/** A hook may be run for an index of its own, as by `git commit FILE`; that of another repository is not meant. */
function indexEnvironment(top: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_WORK_TREE: _tree, GIT_PREFIX: _prefix, GIT_INDEX_FILE: index, ...others } = env;
  const plain = { ...others, LC_ALL: 'C' };
  if (index === undefined) return plain;
  const absolute = path.resolve(top, index);
  const { stdout } = runGit(top, ['rev-parse', '--absolute-git-dir']);
  const isOwn =
    absolute.startsWith(`${stdout.trim()}/`) ||
    (GIT_DIR !== undefined && path.resolve(top, GIT_DIR) === stdout.trim());
  return isOwn && existsSync(absolute) ? { ...plain, GIT_INDEX_FILE: absolute } : plain;
}

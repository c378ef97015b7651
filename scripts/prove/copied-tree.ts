import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UsageError } from '../cli/usage-error.ts';

/** A copy of a tree in a temporary folder. */
export interface CopiedTree {
  /** Its top: absolute, without links. */
  root: string;
  /** The commit that it is of; undefined for a folder that git does not know. */
  commit: string | undefined;
  /** Files that the repository names and does not hold. */
  absent: readonly string[];
  remove(): void;
}

/**
 * Copies a folder with all that is installed in it, or the newest commit of a git directory.
 *
 * @throws UsageError when it is neither
 */
export function copiedTree(repository: string): CopiedTree {
  if (!statSync(repository, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${repository}: there is no such folder`);
  const holder = mkdtempSync(path.join(realpathSync(tmpdir()), 'agent-cache-prove-'));
  const remove = () => rmSync(holder, { recursive: true, force: true });
  const root = path.join(holder, 'tree');
  try {
    if (isGitDirectory(repository))
      return { ...checkedOut(path.resolve(repository), root, holder), root, remove };
    cpSync(repository, root, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => path.basename(source) !== '.git',
    });
    return { root, commit: commitOf(repository), absent: [], remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A bare repository, or the `.git` of one with a work tree. */
function isGitDirectory(folder: string): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => existsSync(path.join(folder, name)));
}

/** The index stays out of the repository, which is only read. */
function checkedOut(
  gitDirectory: string,
  root: string,
  holder: string,
): Pick<CopiedTree, 'commit' | 'absent'> {
  mkdirSync(root);
  const git = (...args: string[]) =>
    spawnSync('git', ['--git-dir', gitDirectory, '--work-tree', root, ...args], {
      cwd: root,
      env: { ...process.env, GIT_INDEX_FILE: path.join(holder, 'index') },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
  const commit = git('rev-parse', 'HEAD').stdout.trim();
  const read = git('read-tree', commit);
  if (read.status !== 0) throw new UsageError(`${gitDirectory}: git cannot read it: ${read.stderr.trim()}`);
  // Snapshots may lack large files: git writes all others, and names these.
  const { stderr } = git('checkout-index', '--all');
  const absent = [...stderr.matchAll(/unable to read sha1 file of (.+?) \(/g)].map(([, file]) => file ?? '');
  return { commit, absent };
}

function commitOf(folder: string): string | undefined {
  try {
    return execFileSync('git', ['-C', folder, 'rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

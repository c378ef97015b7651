import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UsageError } from '../cli/usage-error.ts';

/** An index of git, and a folder to write what it has into. */
export interface Index {
  /** The top of the repository. */
  top: string;
  /** With `GIT_INDEX_FILE` where the index is not the repository's own. */
  env: NodeJS.ProcessEnv;
}

/**
 * Writes what an index has, as the next commit would have it, into a folder; that of submodules, too.
 *
 * @throws UsageError when git cannot tell
 */
export function writeIndex(index: Index, folder: string): void {
  const entries = entriesOf(index);
  const open = entries.find(({ stage }) => stage !== '0');
  if (open !== undefined)
    throw new UsageError(`what is staged cannot be told: ${open.file} has a conflict that nobody resolved`);
  const { status, stderr, error } = checkOut(index, folder);
  if (status !== 0) throw unreadable(error?.message ?? stderr);
  for (const file of onlyIntended(index)) rmSync(path.join(folder, file), { force: true });
  for (const { mode, object, file } of entries) {
    if (mode === '160000') writeSubmodule(index, file, object, folder);
    if (mode === '120000') keepLink(index.top, path.join(folder, file), file);
  }
}

/** A link that leads out of the repository leads there from the copy, too. */
function keepLink(top: string, copy: string, file: string): void {
  if (lstatSync(copy, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
  const target = path.resolve(path.dirname(path.join(top, file)), readlinkSync(copy));
  if (!path.relative(top, target).startsWith('..')) return;
  rmSync(copy);
  symlinkSync(target, copy);
}

/** The commit that a submodule is at in the index; nothing of one that is not checked out at all. */
function writeSubmodule({ top, env }: Index, file: string, commit: string, folder: string): void {
  const module = path.join(top, file);
  if (!existsSync(path.join(module, '.git'))) return;
  const place = mkdtempSync(path.join(tmpdir(), 'index-'));
  const { GIT_INDEX_FILE: _around, ...others } = env;
  const index = { top: module, env: { ...others, GIT_INDEX_FILE: path.join(place, 'index') } };
  try {
    const { status, stderr, error } = git(index, ['read-tree', commit]);
    if (status !== 0) throw unreadable(`${file}: ${error?.message ?? firstLine(stderr)}`);
    writeIndex(index, path.join(folder, file));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Also what a sparse checkout leaves out, as far as git knows how. */
function checkOut(index: Index, folder: string): SpawnSyncReturns<string> {
  const run = (...more: string[]) =>
    git(index, ['checkout-index', '--all', '--force', ...more, `--prefix=${folder}/`]);
  const whole = run('--ignore-skip-worktree-bits');
  const isUnknownOption = whole.status === 129;
  return isUnknownOption ? run() : whole;
}

function entriesOf(index: Index): { mode: string; object: string; stage: string; file: string }[] {
  const { status, stdout, stderr, error } = git(index, ['ls-files', '--stage', '-z']);
  if (status !== 0) throw unreadable(error?.message ?? stderr);
  return stdout.split('\0').flatMap((entry) => {
    const [, mode = '', object = '', stage = '', file = ''] =
      /^(\d+) ([0-9a-f]+) (\d)\t([\s\S]*)$/.exec(entry) ?? [];
    return file === '' ? [] : [{ mode, object, stage, file }];
  });
}

/** Files that `git add --intent-to-add` notes: the index has nothing of them yet. */
function onlyIntended(index: Index): string[] {
  const { stdout } = git(index, [
    'diff',
    '--no-ext-diff',
    '--ignore-submodules',
    '--name-only',
    '--diff-filter=A',
    '-z',
  ]);
  return stdout.split('\0').filter((file) => file !== '');
}

function git({ top, env }: Index, args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync('git', args, { cwd: top, env, encoding: 'utf8', maxBuffer: 1 << 28 });
}

function unreadable(why: string): UsageError {
  return new UsageError(`what is staged cannot be read: ${firstLine(why)}`);
}

/** What git says first, without what it calls it. */
export function firstLine(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.replace(/^(?:fatal|error): /, '');
}

import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { repositoryOf, runGit } from './git.ts';

/**
 * Tells the files below a folder that git ignores: nobody's source, and git could not bring them back. None where
 * there is no git, and none where the folder itself is ignored, since somebody names it all the same.
 */
export function gitIgnored(folder: string): (file: string) => boolean {
  const ignored = ignoredBelow(path.resolve(folder));
  if (ignored.size === 0) return () => false;
  const isIgnored = (file: string): boolean => {
    if (ignored.has(file)) return true;
    const parent = path.dirname(file);
    return parent !== file && isIgnored(parent);
  };
  return (file) => isIgnored(path.resolve(file));
}

/** Files and whole folders, as git lists them in one call that does not look into what it ignores. */
function ignoredBelow(folder: string): Set<string> {
  const real = realpathSync(folder);
  const repository = repositoryOf(real);
  if (repository === undefined) return new Set();
  const { status, stdout } = runGit(real, [
    'ls-files',
    '-z',
    '--others',
    '--ignored',
    '--exclude-standard',
    '--directory',
  ]);
  if (status !== 0) return new Set();
  const entries = stdout.split('\0').filter((entry) => entry !== '' && entry !== './');
  const ignored = new Set(entries.map((entry) => path.join(folder, entry.replace(/\/$/, ''))));
  // What a submodule ignores is told by its own repository alone.
  for (const submodule of submodulesOf(repository)) {
    const inside = path.relative(real, submodule);
    if (inside === '' || inside.startsWith('..')) continue;
    for (const file of ignoredBelow(path.join(folder, inside))) ignored.add(file);
  }
  return ignored;
}

/** The submodules of a repository that are checked out, absolute. */
function submodulesOf(repository: string): string[] {
  if (!existsSync(path.join(repository, '.gitmodules'))) return [];
  const { stdout } = runGit(repository, [
    'config',
    '-z',
    '--file',
    '.gitmodules',
    '--get-regexp',
    '\\.path$',
  ]);
  return stdout
    .split('\0')
    .map((entry) => entry.slice(entry.indexOf('\n') + 1))
    .filter((entry) => entry !== '' && existsSync(path.join(repository, entry, '.git')))
    .map((entry) => path.join(repository, entry));
}

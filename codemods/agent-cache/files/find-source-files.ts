import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { isMigratableFile, isSkippedFolder } from './excluded.ts';
import { excluded, leftOut } from './left-out.ts';
import { UnreadablePathError } from './unreadable-path-error.ts';

/**
 * The source files under `paths`, sorted, each once; without dependencies, build output, declarations, tests, links
 * and what git ignores. A path that is given is looked into whatever the folders above it are called.
 * @param exclude globs of files to leave out, matched against their absolute paths
 * @throws UnreadablePathError when one of the paths does not exist
 */
export function findSourceFiles(paths: readonly string[], exclude: readonly string[] = []): string[] {
  const found = new Set<string>();
  for (const given of paths) {
    const target = path.normalize(given);
    const isFolder = statOf(target).isDirectory();
    const isLeftOut = isFolder ? leftOut(target, exclude) : excluded(exclude);
    for (const file of isFolder ? filesBelow(target) : [target]) {
      if (isMigratableFile(path.basename(file)) && !isLeftOut(file)) found.add(file);
    }
  }
  return [...found].sort();
}

function statOf(target: string): Stats {
  try {
    return statSync(target);
  } catch (cause) {
    throw new UnreadablePathError(target, { cause });
  }
}

function* filesBelow(folder: string): Iterable<string> {
  for (const entry of entriesOf(folder)) {
    const full = path.join(folder, entry.name);
    if (entry.isFile()) yield full;
    else if (entry.isDirectory() && !isSkippedFolder(entry.name)) yield* filesBelow(full);
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new UnreadablePathError(folder, { cause });
  }
}

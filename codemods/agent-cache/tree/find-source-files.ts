import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';
import { toPosix } from '../analysis/module-paths.ts';
import { isMigratableFile, isSkippedFolder } from './excluded.ts';
import { UnreadablePathError } from './unreadable-path-error.ts';

/**
 * The source files under `paths`, sorted, each once; without dependencies, build output, declarations, tests and
 * links. A path that is given is looked into whatever the folders above it are called.
 * @param exclude globs of files to leave out, matched against their absolute paths
 * @throws UnreadablePathError when one of the paths does not exist
 */
export function findSourceFiles(paths: readonly string[], exclude: readonly string[] = []): string[] {
  const found = new Set<string>();
  for (const given of paths) {
    const target = path.normalize(given);
    if (statOf(target).isDirectory()) collect(target, found);
    else if (isMigratableFile(path.basename(target))) found.add(target);
  }
  const files = [...found].sort();
  if (exclude.length === 0) return files;
  const isExcluded = picomatch([...exclude], { dot: true });
  return files.filter((file) => !isExcluded(toPosix(path.resolve(file))));
}

function statOf(target: string): Stats {
  try {
    return statSync(target);
  } catch (cause) {
    throw new UnreadablePathError(target, { cause });
  }
}

function collect(folder: string, found: Set<string>): void {
  for (const entry of entriesOf(folder)) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!isSkippedFolder(entry.name)) collect(full, found);
    } else if (entry.isFile() && isMigratableFile(entry.name)) {
      found.add(full);
    }
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new UnreadablePathError(folder, { cause });
  }
}

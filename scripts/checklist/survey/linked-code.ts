import { readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { isMigratableFile, isSkippedFolder } from '../../../codemods/agent-cache/files/excluded.ts';

/**
 * The source files that links lead to from a tree, by their paths in it: only those outside of it, since the others are
 * read where they are.
 */
export function* linkedCode(root: string): Iterable<string> {
  const real = realpathSync(root);
  yield* linked(root, [], (target) => target === real || target.startsWith(real + path.sep));
}

/** @param within the folders outside of the tree that lead to this one */
function* linked(folder: string, within: readonly string[], isOwn: Own): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (isSkippedFolder(entry.name)) continue;
    const full = path.join(folder, entry.name);
    if (within.length === 0 && !entry.isSymbolicLink()) {
      if (entry.isDirectory()) yield* linked(full, within, isOwn);
      continue;
    }
    const target = targetOf(full);
    if (target === undefined || isOwn(target)) continue;
    const kind = statSync(target);
    if (kind.isFile() && isMigratableFile(entry.name)) yield full;
    // A link may lead to a folder that it is in.
    else if (kind.isDirectory() && !within.includes(target)) yield* linked(full, [...within, target], isOwn);
  }
}

type Own = (real: string) => boolean;

/** Where a path leads; undefined where that is nothing, or round in a circle. */
function targetOf(full: string): string | undefined {
  try {
    return realpathSync(full);
  } catch {
    return undefined;
  }
}

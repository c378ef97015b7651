import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Whether what was built is newer than all that it was built from, as make asks.
 *
 * @param {string} list a JSON array of the files that it was built from, relative to `root`, its time that of the
 * start of the build; packages are not looked at, since they change with the lock file
 * @param {{ root: string, also: readonly string[] }} where `also` are files that change it besides those, relative to
 * `root`
 */
export function isNewer(list, { root, also }) {
  try {
    const built = statSync(list).mtimeMs;
    const sources = JSON.parse(readFileSync(list, 'utf8')).filter((file) => !file.includes('node_modules/'));
    return [...sources, ...also].every((file) => statSync(path.join(root, file)).mtimeMs < built);
  } catch {
    return false; // One of them is gone, or nothing was built yet.
  }
}

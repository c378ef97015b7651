import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DIST, INPUTS, REPOSITORY } from './paths.mjs';

/** What changes the bundles besides their own sources; packages change with the lock file. */
const ALSO = ['package-lock.json', 'codemods/package.json', 'codemods/build/bundle.mjs'];

/**
 * Builds the tools unless they are newer than all that they were built from, as make does.
 *
 * @returns {Promise<string>} the program
 */
export async function keepTools() {
  if (!areCurrent()) {
    const { buildTools } = await import('./build-tools.mjs');
    await buildTools();
  }
  return path.join(DIST, 'agent-cache.cjs');
}

function areCurrent() {
  try {
    const built = statSync(INPUTS).mtimeMs;
    const sources = JSON.parse(readFileSync(INPUTS, 'utf8')).filter(
      (file) => !file.startsWith('node_modules/'),
    );
    return [...sources, ...ALSO].every((file) => statSync(path.join(REPOSITORY, file)).mtimeMs < built);
  } catch {
    return false; // One of them is gone, or nothing was built yet.
  }
}

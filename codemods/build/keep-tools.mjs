import path from 'node:path';
import { isNewer } from './is-newer.mjs';
import { DIST, INPUTS, REPOSITORY } from './paths.mjs';

/** What changes the bundles besides their own sources; packages change with the lock file. */
const ALSO = ['package-lock.json', 'codemods/package.json', 'codemods/build/bundle.mjs'];

/**
 * Builds the tools unless they are newer than all that they were built from, as make does.
 *
 * @returns {Promise<string>} the program
 */
export async function keepTools() {
  if (!isNewer(INPUTS, { root: REPOSITORY, also: ALSO })) {
    const { buildTools } = await import('./build-tools.mjs');
    await buildTools();
  }
  return path.join(DIST, 'agent-cache.cjs');
}

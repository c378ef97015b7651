import path from 'node:path';
import { isNewer } from '../../codemods/build/is-newer.mjs';
import { inputsOf, outputOf, REPOSITORY } from './paths.mjs';

/** What changes the bundles besides their own sources; packages change with the lock file. */
const ALSO = ['package-lock.json', 'scripts/build/build-server.mjs', 'scripts/build/left-out.mjs'].map(
  (file) => path.join(REPOSITORY, file),
);

/**
 * Builds the service of a tree unless it is newer than all that it was built from, as make does.
 *
 * @param {'server' | 'worker'} program
 * @param {string} root the folder that holds `api/`
 * @returns {Promise<string>} the program's file
 */
export async function keepServer(program, root) {
  const also = ALSO.map((file) => path.relative(root, file));
  if (!isNewer(inputsOf(root), { root, also })) {
    const { buildServer } = await import('./build-server.mjs');
    await buildServer(root);
  }
  return path.join(outputOf(root), `${program}.js`);
}

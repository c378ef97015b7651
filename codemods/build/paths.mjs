import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository, from which all sources of the package are named. */
export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** Where the package's files are built. */
export const DIST = path.join(REPOSITORY, 'codemods/dist');

/** The list of what the tools were built from; its time is that of the start of the build. */
export const INPUTS = path.join(DIST, 'inputs.json');

import process from 'node:process';
import { configOf, goesDeep } from './jest.config.js';

// Its workers inherit it.
process.env.TEST_DEPTH = 'deep';

/** The tests that say how deep they go, as deep as they can. */
export default configOf(goesDeep);

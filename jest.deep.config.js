import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import usual from './jest.config.js';

const TESTS = path.join(import.meta.dirname, 'test');

// Its workers inherit it.
process.env.TEST_DEPTH = 'deep';

const goesDeep = (file) =>
  file.endsWith('.deep.test.ts') ||
  /support\/(depth|fast-check|campaign-rows)\.ts'/.test(readFileSync(path.join(TESTS, file), 'utf8'));

/** The tests that say how deep they go, as deep as they can. */
export default {
  ...usual,
  testPathIgnorePatterns: ['/node_modules/'],
  testMatch: readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && goesDeep(file))
    .map((file) => path.join(TESTS, file)),
};

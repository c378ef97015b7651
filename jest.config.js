import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const TESTS = path.join(import.meta.dirname, 'test');

/**
 * What tests the tools keeps nothing from one file to the next, so all of these files share what their process has
 * loaded: for each to load hundreds of modules anew took more than the tests did.
 */
const TOGETHER = /^(codemods|scripts)\//;
/** Those of them that turn a clock. */
const APART = /^codemods\/written-keyed-cache\./;

const together = {
  displayName: 'tools',
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  setupFiles: ['<rootDir>/test/support/read-typescript.mjs'],
};

const apart = {
  displayName: 'service',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};

/**
 * @param {(file: string) => boolean} isRun of the test files, named from the folder of tests
 * @returns {import('jest').Config}
 */
export function configOf(isRun) {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('.test.ts') && isRun(file));
  const isTogether = (file) => TOGETHER.test(file) && !APART.test(file);
  const project = (own, testFiles) => ({
    rootDir: import.meta.dirname,
    testEnvironment: 'node',
    roots: ['<rootDir>/test'],
    testMatch: testFiles.map((file) => path.join(TESTS, file)),
    extensionsToTreatAsEsm: ['.ts'],
    ...own,
  });
  return {
    reporters: [
      '<rootDir>/test/support/short-failures.mjs',
      'default',
      '<rootDir>/test/support/slowest-files.mjs',
    ],
    // No test is about time: the limit only ends one that hangs, also on a machine that does much else.
    testTimeout: 600_000,
    maxWorkers: 2,
    projects: [
      project(together, files.filter(isTogether)),
      project(
        apart,
        files.filter((file) => !isTogether(file)),
      ),
    ],
  };
}

/** @param {string} file named from the folder of tests */
export function goesDeep(file) {
  return (
    file.endsWith('.deep.test.ts') ||
    /support\/(depth|fast-check|campaign-rows)\.ts'/.test(readFileSync(path.join(TESTS, file), 'utf8'))
  );
}

export default configOf((file) => !file.endsWith('.deep.test.ts'));

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const TESTS = path.join(import.meta.dirname, 'test');

/**
 * Test files share what their process has loaded, since for each to load hundreds of modules anew took more than the
 * tests did. Apart are those that find there what others did: one that turns the clock (it imports what Jest gives
 * instead of taking its globals), that reads the metrics of its process, or that uses the service's own cache.
 */
const APART = new RegExp(
  [
    /from '@jest\/globals'/,
    /from '[./]+\/api\/src\/\w+\/(prometheus|agent-cache)\.ts'/,
    /from '\.\/task-world\.ts'/,
    /request\('GET', '\/metrics'/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

const together = {
  displayName: 'together',
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  setupFiles: ['<rootDir>/test/support/read-typescript.mjs'],
};

const apart = {
  displayName: 'apart',
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
  const isApart = (file) => APART.test(readFileSync(path.join(TESTS, file), 'utf8'));
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
      project(
        together,
        files.filter((file) => !isApart(file)),
      ),
      project(apart, files.filter(isApart)),
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

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.deep\\.test\\.ts$'],
  reporters: [
    '<rootDir>/test/support/short-failures.mjs',
    'default',
    '<rootDir>/test/support/slowest-files.mjs',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  // No test is about time: the limit only ends one that hangs, also on a machine that does much else.
  testTimeout: 600_000,
  maxWorkers: 2,
};

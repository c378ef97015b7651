const SKIPPED_FOLDERS = new Set([
  'node_modules',
  'bower_components',
  'dist',
  'build',
  'out',
  'coverage',
  'test',
  'tests',
  '__tests__',
  '__mocks__',
  '__fixtures__',
  'e2e',
  'spec',
  'cypress',
  'playwright',
  'test-utils',
]);

const SOURCE = /\.[cm]?[jt]sx?$/;
const DECLARATION = /\.d\.([\w-]+\.)?[cm]?ts$/;
/** `a.test.ts`, `a.e2e-spec.ts`, `a.cy.js`; and what runs beside the service, as a benchmark or a story does. */
const TEST = /\.(([\w-]+-)?(test|spec)|e2e|cy|bench|stories)\.[cm]?[jt]sx?$/;
const MINIFIED = /\.min\.[cm]?js$/;

/** Whether a folder of this name is left alone: dependencies, build output, tests, hidden folders. */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED_FOLDERS.has(name) || (name.startsWith('.') && name.length > 1 && name !== '..');
}

/** Whether a file of this name is source that may be migrated: no declaration, no test, nothing minified. */
export function isMigratableFile(name: string): boolean {
  return SOURCE.test(name) && !DECLARATION.test(name) && !TEST.test(name) && !MINIFIED.test(name);
}

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
]);

const SOURCE = /\.[cm]?[jt]sx?$/;
const DECLARATION = /\.d\.([\w-]+\.)?[cm]?ts$/;
const TEST = /\.(test|spec)\.[cm]?[jt]sx?$/;
const MINIFIED = /\.min\.[cm]?js$/;

/** Whether a folder of this name is left alone: dependencies, build output, tests, hidden folders. */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED_FOLDERS.has(name) || (name.startsWith('.') && name.length > 1 && name !== '..');
}

/** Whether a file of this name is source that may be migrated: no declaration, no test, nothing minified. */
export function isMigratableFile(name: string): boolean {
  return SOURCE.test(name) && !DECLARATION.test(name) && !TEST.test(name) && !MINIFIED.test(name);
}

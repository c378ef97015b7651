import path from 'node:path';

const FOREIGN_FOLDERS = new Set(['node_modules', 'bower_components', 'dist', 'build', 'out', 'coverage']);

const TEST_FOLDERS = new Set([
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

/** Whether a folder of this name holds nobody's source: dependencies, build output, what is hidden. */
export function isForeignFolder(name: string): boolean {
  return FOREIGN_FOLDERS.has(name) || (name.startsWith('.') && name.length > 1 && name !== '..');
}

/** Whether a folder of this name is left alone: tests, and what is nobody's source. */
export function isSkippedFolder(name: string): boolean {
  return TEST_FOLDERS.has(name) || isForeignFolder(name);
}

/** Whether a path, relative to its package, lies in a folder of tests. */
export function liesAmongTests(relative: string): boolean {
  return relative
    .split('/')
    .slice(0, -1)
    .some((name) => TEST_FOLDERS.has(name));
}

/** Whether a file of this name is source, tests included. */
export function isSource(name: string): boolean {
  return SOURCE.test(name) && !DECLARATION.test(name);
}

/** Whether a file of this name has source among other text, which may import what other files export. */
export function hasSourceInside(name: string): boolean {
  return /\.(vue|svelte|astro|mdx|html?|ejs|pug|hbs|coffee|civet)$/.test(name);
}

/** Whether a file of this name in a folder may be started by a line of its own, as `bin/www` is. */
export function mayBeScript(name: string, folder: string): boolean {
  return /^[\w-]+$/.test(name) && /^(s?bin|scripts|tools|cli)$/.test(path.basename(folder));
}

/** Whether a file of this name is source that may be migrated: no declaration, no test, nothing minified. */
export function isMigratableFile(name: string): boolean {
  return isSource(name) && !TEST.test(name) && !MINIFIED.test(name);
}

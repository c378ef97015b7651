import { readFileSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** The sources that a compiled extension may stand for. */
const SOURCES_OF: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** The text of a file, or undefined when it cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whether there is a file (no folder) at the path. */
export function isFile(file: string): boolean {
  return statsOf(file)?.isFile() ?? false;
}

/** A path below a file has an error of its own, which is as good as that there is nothing. */
function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function isFolder(folder: string): boolean {
  return statsOf(folder)?.isDirectory() ?? false;
}

/** Where a module path without a sure extension may lead, as Node and TypeScript look for it. */
export function moduleCandidates(modulePath: string, isFolder: boolean): string[] {
  const extension = path.extname(modulePath);
  const bare = modulePath.slice(0, modulePath.length - extension.length);
  return [
    modulePath,
    ...(SOURCES_OF[extension] ?? []).map((source) => bare + source),
    ...EXTENSIONS.map((source) => modulePath + source),
    ...(isFolder ? EXTENSIONS.map((source) => path.posix.join(modulePath, `index${source}`)) : []),
  ];
}

/** The source file that a module path without a sure extension means. */
export function probeModule(modulePath: string): string | undefined {
  // Most paths that are tried lead nowhere: one look at the folder saves those at twenty names in it.
  if (!isFolder(path.posix.dirname(modulePath))) return undefined;
  return moduleCandidates(modulePath, true).find(isFile);
}

/** The folders above a file, the nearest first. */
export function* foldersAbove(file: string): Iterable<string> {
  for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
    yield folder;
    if (folder === path.posix.dirname(folder)) return;
  }
}

import path from 'node:path';
import type { CodemodOptions } from '../options.ts';
import { importedModules } from '../source/imported-modules.ts';
import { foldersAbove, probeModule, readText } from './files.ts';

const CACHE_MODULE = 'utils/agent-cache';
const SOURCE_FOLDERS = ['', 'src'];

/** The cache module that a file is to import from: the option's, or the nearest `utils/agent-cache.*` above it. */
export function findCacheModule(file: string, { cacheModule }: CodemodOptions): string | undefined {
  if (cacheModule !== undefined && path.isAbsolute(cacheModule)) return probeModule(cacheModule);
  for (const folder of foldersAbove(file)) {
    for (const source of cacheModule === undefined ? SOURCE_FOLDERS : ['']) {
      const found = probeModule(path.posix.join(folder, source, cacheModule ?? CACHE_MODULE));
      if (found) return found;
    }
  }
  return cacheModule === undefined ? undefined : probeModule(path.posix.resolve(cacheModule));
}

/** The files that the cache module is made of: itself, and what it imports, two steps deep. */
export function cacheModuleFiles(
  cacheModule: string,
  resolve: (file: string, specifier: string) => string | undefined,
): Set<string> {
  const files = new Set([cacheModule]);
  let step = [cacheModule];
  for (let depth = 0; depth < 2; depth++) {
    step = step.flatMap((file) => importsOf(file).flatMap((specifier) => resolve(file, specifier) ?? []));
    for (const file of step) files.add(file);
  }
  return files;
}

function importsOf(file: string): string[] {
  return importedModules(readText(file) ?? '');
}

import path from 'node:path';
import type { CodemodOptions } from '../options.ts';
import { importedModules } from '../source/imported-modules.ts';
import { foldersAbove } from './files.ts';
import { type Files, filesNow } from './files-once.ts';

const CACHE_MODULE = 'utils/agent-cache';
const SOURCE_FOLDERS = ['', 'src'];

/** The cache module that a file is to import from: the option's, or the nearest `utils/agent-cache.*` above it. */
export function findCacheModule(
  file: string,
  { cacheModule }: CodemodOptions,
  files: Files = filesNow,
): string | undefined {
  if (cacheModule !== undefined && path.isAbsolute(cacheModule)) return files.probeModule(cacheModule);
  for (const folder of foldersAbove(file)) {
    for (const source of cacheModule === undefined ? SOURCE_FOLDERS : ['']) {
      const found = files.probeModule(path.posix.join(folder, source, cacheModule ?? CACHE_MODULE));
      if (found) return found;
    }
  }
  return cacheModule === undefined ? undefined : files.probeModule(path.posix.resolve(cacheModule));
}

/** The files that the cache module is made of: itself, and what it imports, two steps deep. */
export function cacheModuleFiles(
  cacheModule: string,
  resolve: (file: string, specifier: string) => string | undefined,
  files: Files = filesNow,
): Set<string> {
  const found = new Set([cacheModule]);
  let step = [cacheModule];
  for (let depth = 0; depth < 2; depth++) {
    step = step.flatMap((file) =>
      importsOf(file, files).flatMap((specifier) => resolve(file, specifier) ?? []),
    );
    for (const file of step) found.add(file);
  }
  return found;
}

function importsOf(file: string, files: Files): string[] {
  return importedModules(files.read(file) ?? '');
}

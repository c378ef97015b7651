import path from 'node:path';
import { isMigratableFile, isSkippedFolder } from './excluded.ts';

/** What a file has that gives others more than it declares: a re-export, an instance, whatever CommonJS assigns. */
const GIVES_ON = /\bexport\s*(?:[*{=]|default\b|const\s+\w+[^=\n]*=\s*(?:new\b|\{|\w+\())|\bexports\b/;

/** The files that get at what a file exports: those that import it, and those that import from one which gives it on. */
export function dependentsOf(
  file: string,
  importersOf: (target: string) => readonly string[],
  read: (file: string) => string | undefined,
): string[] {
  const found = new Set<string>();
  for (let targets: readonly string[] = [file]; targets.length > 0; ) {
    const next = targets.flatMap(importersOf).filter((each) => each !== file && !found.has(each));
    for (const importer of next) found.add(importer);
    targets = [...new Set(next)].filter((each) => GIVES_ON.test(read(each) ?? ''));
  }
  return [...found].filter((each) => !isTestBeside(each, file)).sort();
}

/** Whether a file is a test, unless it lies no deeper among tests than the one that it uses. */
function isTestBeside(importer: string, file: string): boolean {
  if (!isMigratableFile(path.posix.basename(importer))) return true;
  const folders = path.posix.dirname(path.posix.relative(path.posix.dirname(file), importer));
  return folders.split('/').some(isSkippedFolder);
}

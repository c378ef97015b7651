import { readdirSync } from 'node:fs';
import path from 'node:path';
import { importedModules } from '../source/imported-modules.ts';
import { isMigratableFile } from './excluded.ts';
import { readText } from './files.ts';

type Resolve = (file: string, specifier: string) => string | undefined;

const IGNORED = /^(node_modules|dist|build|out|coverage)$|^\./;
const SOURCE = /(?<!\.d)\.[cm]?[jt]sx?$/;

/** The source files below `root`, tests included, that import one of `files`; those behind re-exports as well. */
export function findImporters(files: readonly string[], root: string, resolve: Resolve): string[] {
  const found = new Set<string>();
  let targets = new Set(files);
  while (targets.size > 0) {
    const stems = [...new Set([...targets].map(stemOf))];
    const reExporting = new Set<string>();
    for (const candidate of sourcesBelow(root)) {
      if (found.has(candidate)) continue;
      const text = readText(candidate) ?? '';
      if (!stems.some((stem) => text.includes(stem))) continue;
      const specifiers = importedModules(text).filter((specifier) =>
        stems.some((stem) => specifier.includes(stem)),
      );
      if (!specifiers.some((specifier) => targets.has(resolve(candidate, specifier) ?? ''))) continue;
      found.add(candidate);
      if (/\bexport\s*[*{][^;]*\bfrom\b/.test(text)) reExporting.add(candidate);
    }
    targets = reExporting;
  }
  return [...found].sort();
}

/** The source files below `root` that contain a name as a word; tests do not count. */
export function findMentions(name: string, root: string): string[] {
  const word = new RegExp(`\\b${name}\\b`);
  const sources = [...sourcesBelow(root)].filter((file) => isMigratableFile(path.posix.basename(file)));
  return sources.filter((file) => {
    const text = readText(file) ?? '';
    return text.includes(name) && word.test(text);
  });
}

/** What an import of the file has to contain: its name, or its folder's when it is an index. */
function stemOf(file: string): string {
  const stem = path.posix.basename(file).replace(/\.[cm]?[jt]sx?$/, '');
  // `import '.'` and `import '..'` name neither.
  return stem === 'index' ? '.' : stem;
}

function* sourcesBelow(folder: string): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (IGNORED.test(entry.name)) continue;
    const full = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) yield* sourcesBelow(full);
    else if (entry.isFile() && SOURCE.test(entry.name)) yield full;
  }
}

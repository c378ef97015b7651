import type { Files } from './files-once.ts';
import { importedModules } from '../source/imported-modules.ts';
import { extensionOf } from '../source/specifiers.ts';
import path from 'node:path';
import { compilerSetting } from './path-aliases.ts';
import { sourcesBelow } from './sources-below.ts';

/** How many files are asked: a tree has one habit, and its first files show it. */
const ASKED = 50;

/**
 * The extension of relative imports below a folder, as most of its first files write them. Where none imports any, the
 * settings of the file's compiler tell: a bundler needs none, Node's own modules do.
 */
export function importHabit(file: string, root: string, files: Files): string {
  const counts = new Map<string, number>();
  let asked = 0;
  for (const each of sourcesBelow(root)) {
    if (asked++ === ASKED) break;
    const extensions = importedModules(files.read(each.file) ?? '')
      .filter(isOfSource)
      .map(extensionOf);
    for (const extension of extensions) counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most ? most[0] : habitOfSettings(file, root, files);
}

/** Whether a specifier is a relative one of a source file, and not of data or of a style sheet. */
export function isOfSource(specifier: string): boolean {
  return specifier.startsWith('.') && !/\.(json|css|scss|node|wasm|svg)$/.test(specifier);
}

function habitOfSettings(file: string, root: string, files: Files): string {
  if (isBundled(file, files)) return '';
  return files.objectAt(path.posix.join(root, 'package.json')).type === 'module' ? '.js' : '';
}

/** Whether the compiler of a file of TypeScript leaves its imports to a bundler. */
export function isBundled(file: string, files: Files): boolean {
  const settings = ['moduleResolution', 'module'].map((name) =>
    String(compilerSetting(file, name, files)).toLowerCase(),
  );
  return /\.[cm]?tsx?$/.test(file) && settings.some((each) => each === 'bundler' || each === 'preserve');
}

import { isBuiltin } from 'node:module';
import path from 'node:path';
import { foldersAbove } from './files.ts';
import type { Files } from './files-once.ts';
import { objectOf } from './json-with-comments.ts';

/** The kinds of dependencies that a package.json lists. */
export const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
/** What no source of a package is imported by: data, and what a URL or a loader of its own names. */
const NO_SOURCE =
  /^[a-z][\w+.-]*:|[?!]|\.(json|css|scss|sass|less|svg|png|jpe?g|gif|html|txt|md|sql|graphql|gql|proto|ya?ml|node|wasm|vue|svelte)$/i;

/**
 * Whether the tree says what a specifier that leads to none of its sources means: a module of Node.js, or a package that
 * a package.json above the file declares or whose folder is installed. By a path, it means a file that is not there.
 */
export function isExplained(specifier: string, file: string, files: Files): boolean {
  if (isBuiltin(specifier) || NO_SOURCE.test(specifier)) return true;
  if (specifier.startsWith('.') || specifier.startsWith('/')) return false;
  const [name = ''] = /^(?:@[\w.~-]+\/)?[\w.~-]+/.exec(specifier) ?? [];
  if (name === '') return false;
  for (const folder of foldersAbove(file)) {
    if (isListed(name, folder, files)) return true;
    if (files.isFile(path.posix.join(folder, 'node_modules', name, 'package.json'))) return true;
  }
  return false;
}

/** Whether the package.json of a folder lists a package, in whatever kind of dependencies. */
export function isListed(name: string, folder: string, files: Files): boolean {
  const manifest = files.objectAt(path.posix.join(folder, 'package.json'));
  return DEPENDENCIES.some((kind) => name in objectOf(manifest[kind]));
}

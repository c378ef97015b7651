import path from 'node:path';

/** The path of a file as the list writes it: relative to the root, with forward slashes. */
export function toItemPath(root: string, file: string): string {
  return path.relative(root, path.resolve(file)).split(path.sep).join('/');
}

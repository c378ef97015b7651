import path from 'node:path';

/** A path as a person at the prompt would write it: from the working directory on, or absolute outside of that. */
export function shownPath(file: string): string {
  const relative = path.relative('', path.resolve(file));
  return relative.startsWith('..') ? path.resolve(file) : relative;
}

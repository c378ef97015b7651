import path from 'node:path';
import { foldersAbove, readText } from './files.ts';
import { parseJsonWithComments } from './json-with-comments.ts';

/**
 * The major version of Express that a file's package asks for, from the nearest package.json that names it; undefined
 * when none does. A package that patches Express 4 to await its handlers counts as 5.
 */
export function expressMajorOf(file: string): number | undefined {
  for (const folder of foldersAbove(file)) {
    const manifest = parseJsonWithComments(readText(path.posix.join(folder, 'package.json')) ?? '');
    const ranges = dependenciesOf(manifest);
    const range = ranges.express;
    if (range === undefined) continue;
    if (ranges['express-async-errors'] !== undefined) return 5;
    return installedMajor(folder) ?? lowestMajor(range);
  }
  return undefined;
}

function installedMajor(folder: string): number | undefined {
  const manifest = parseJsonWithComments(
    readText(path.posix.join(folder, 'node_modules/express/package.json')) ?? '',
  );
  const version = propertyOf(manifest, 'version');
  return typeof version === 'string' ? lowestMajor(version) : undefined;
}

/** The lowest major that a range allows; a range without numbers means the latest. */
function lowestMajor(range: string): number {
  const majors = range.split('||').flatMap((part) => {
    const major = /\d+/.exec(part)?.[0];
    return major === undefined ? [] : [Number(major)];
  });
  return majors.length > 0 ? Math.min(...majors) : 5;
}

function dependenciesOf(manifest: unknown): Record<string, string> {
  const fields = ['peerDependencies', 'devDependencies', 'dependencies'];
  const all = fields.flatMap((field) => Object.entries(propertyOf(manifest, field) ?? {}));
  return Object.fromEntries(
    all.flatMap(([name, range]) => (typeof range === 'string' ? [[name, range]] : [])),
  );
}

function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const SOURCES = ['scripts', 'codemods/agent-cache'];

/**
 * What a bundle depends on: every source by its path, size and time of change, the versions of the packages, this
 * Node, and where all of it lies.
 * @param {string} root the repository
 */
export function fingerprintOf(root) {
  const hash = createHash('sha256').update(`${root}\n${process.version} ${process.arch}\n`);
  const files = SOURCES.flatMap((folder) => [...sourcesBelow(path.join(root, folder))]);
  for (const file of [...files, path.join(root, 'package.json'), path.join(root, 'package-lock.json')]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function* sourcesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sourcesBelow(full);
    else if (/\.(ts|mjs)$/.test(entry.name)) yield full;
  }
}

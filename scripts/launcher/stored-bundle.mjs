import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compile } from './run-script.mjs';

/**
 * @typedef {{ cacheFolder: string, entry: string, fingerprint: string }} Place where a bundle is kept
 * @typedef {{ file: string, source: string, compiled: Buffer }} Bundle a script, and V8's compilation of it
 */

/**
 * The bundle that was kept for these sources; undefined when there is none.
 * @param {Place} place
 * @returns {Bundle | undefined}
 */
export function readBundle(place) {
  const file = fileOf(place);
  try {
    return { file, source: readFileSync(file, 'utf8'), compiled: readFileSync(`${file}.v8`) };
  } catch {
    return undefined;
  }
}

/**
 * Compiles and keeps a bundle, each file in one step since others may start the tool meanwhile, and drops those of older sources.
 * @param {Place} place
 * @param {string} source
 * @returns {Bundle}
 * @throws when the folder cannot be written
 */
export function writeBundle(place, source) {
  const file = fileOf(place);
  const compiled = compile({ file, source });
  mkdirSync(place.cacheFolder, { recursive: true });
  const older = readdirSync(place.cacheFolder).filter((name) => name.startsWith(`${nameOf(place)}-`));
  writeInOneStep(file, source);
  writeInOneStep(`${file}.v8`, compiled);
  for (const name of older) rmSync(path.join(place.cacheFolder, name), { force: true });
  return { file, source, compiled };
}

function writeInOneStep(file, content) {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

function fileOf(place) {
  return path.join(place.cacheFolder, `${nameOf(place)}-${place.fingerprint}.cjs`);
}

function nameOf({ entry }) {
  return path.basename(entry, '.ts');
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DIST, REPOSITORY } from './paths.mjs';
import { writeInOneStep } from './write-in-one-step.mjs';

/**
 * Writes the licences of the packages that are part of the bundles.
 *
 * @param {readonly string[]} inputs the files that were bundled, relative to the repository
 * @throws Error for a package that names no licence
 */
export function writeLicences(inputs) {
  const folders = [...new Set(inputs.flatMap((file) => packageOf(file) ?? []))].sort();
  const texts = folders.map((folder) => licenceOf(path.join(REPOSITORY, folder)));
  writeInOneStep(
    path.join(DIST, 'THIRD-PARTY-LICENSES.txt'),
    `Parts of these packages are bundled into the tools.\n\n${texts.join('\n')}`,
  );
}

/** `node_modules/@scope/name` of a file below it, or below a `node_modules` inside. */
function packageOf(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name} ${version} names no licence`);
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each));
  const text = file === undefined ? '' : readFileSync(path.join(folder, file), 'utf8').trim();
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
}

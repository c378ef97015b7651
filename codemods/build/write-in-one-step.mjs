import { randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';

/**
 * Replaces a file at once: who reads it meanwhile sees the old one or the new one.
 *
 * @param {string} file
 * @param {string | Uint8Array} contents
 */
export function writeInOneStep(file, contents) {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}

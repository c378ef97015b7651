import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/** A file that must not be written now; its message says why, and what to do. */
export class WriteRefusedError extends Error {
  override readonly name = 'WriteRefusedError';
}

/**
 * Puts new text in place of the text that was read, in one step: readers see the one or the other, never a
 * part. The mode of the file stays; behind a symbolic link the target is written and the link stays. A file of
 * several names (hard links) is written in place, since a new file would take only one of them over.
 *
 * @throws WriteRefusedError when the file is read-only, or is no longer what was read
 */
export function replaceFile(file: string, read: string, text: string): void {
  const target = realpathSync(file);
  const stats = statSync(target);
  // Root may write anything, and a rename asks the folder only: the mode is what says "do not touch".
  if ((stats.mode & 0o222) === 0)
    throw new WriteRefusedError('it is read-only: make it writable and run again');
  if (stats.nlink > 1) {
    writeInPlace(target, Buffer.from(read), Buffer.from(text));
    return;
  }
  const temporary = writeBeside(target, text, stats);
  try {
    refuseChanged(readFileSync(target), Buffer.from(read));
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeInPlace(target: string, read: Buffer, bytes: Buffer): void {
  const descriptor = openSync(target, 'r+');
  try {
    const present = readFileSync(descriptor);
    // Another of its names may lie in the same tree.
    if (present.equals(bytes)) return;
    refuseChanged(present, read);
    try {
      overwrite(descriptor, bytes);
    } catch (error) {
      overwrite(descriptor, read);
      throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}

function overwrite(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(descriptor, bytes, written, bytes.length - written, written);
  }
  ftruncateSync(descriptor, bytes.length);
}

function refuseChanged(present: Buffer, read: Buffer): void {
  if (!present.equals(read)) throw new WriteRefusedError('it changed while it was being migrated: run again');
}

/** Writes a file in one step, whether it was there or not; a device or a pipe is written to, never replaced. */
export function writeFileAtomically(file: string, text: string): void {
  const target = resolveLink(file);
  const stats = statSync(target, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile()) {
    writeFileSync(target, text);
    return;
  }
  const temporary = writeBeside(target, text, stats);
  try {
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Where a link leads, even if nothing is there yet. */
function resolveLink(file: string): string {
  const absolute = path.resolve(file);
  const stats = lstatSync(absolute, { throwIfNoEntry: false });
  if (!stats?.isSymbolicLink()) return absolute;
  return resolveLink(path.resolve(path.dirname(absolute), readlinkSync(absolute)));
}

/** A new file in the target's own folder, since a rename is one step only within a file system. */
function writeBeside(target: string, text: string, like: Stats | undefined): string {
  const temporary = path.join(
    path.dirname(target),
    `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  const descriptor = openSync(temporary, 'wx');
  try {
    writeFully(descriptor, Buffer.from(text));
    if (like !== undefined) keepOwnerAndMode(descriptor, like);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return temporary;
}

function writeFully(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(descriptor, bytes, written);
  }
}

/** Only root can give a file away; for anyone else the new file is already theirs. */
function keepOwnerAndMode(descriptor: number, { uid, gid, mode }: Stats): void {
  if (process.getuid?.() === 0) fchownSync(descriptor, uid, gid);
  fchmodSync(descriptor, mode & 0o7777);
}

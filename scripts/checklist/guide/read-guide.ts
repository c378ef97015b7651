import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCode, reasonOf } from '../../cli/system-error.ts';
import { UsageError } from '../../cli/usage-error.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** The guide as it lies on the disk. */
export interface GuideFile {
  /** Absolute. */
  file: string;
  /** All of it, byte order mark and line endings as they are. */
  raw: string;
  /** Without the byte order mark: what the offsets of its items count in. */
  text: string;
}

/**
 * Reads the guide.
 *
 * @param guide relative to the root
 * @throws UsageError when it is not there, cannot be read, is not UTF-8 or has an unresolved conflict
 */
export function readGuide(root: string, guide: string): GuideFile {
  const file = path.resolve(root, guide);
  const raw = decode(guide, readBytes(root, guide, file));
  if (raw.includes('\0')) throw new UsageError(`the guide ${guide} is binary, not text`);
  if (/^<{7} /m.test(raw) && /^>{7} /m.test(raw))
    throw new UsageError(`the guide ${guide} has the marks of a merge conflict: resolve it first`);
  return { file, raw, text: raw.startsWith(BYTE_ORDER_MARK) ? raw.slice(1) : raw };
}

function readBytes(root: string, guide: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      throw new UsageError(
        `there is no guide ${guide} in ${root} (--guide is relative to --root): --init-guide writes a first one from the tree`,
      );
    }
    throw new UsageError(`the guide ${guide} cannot be read: ${reasonOf(error)}`);
  }
}

function decode(guide: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(`the guide ${guide} is not UTF-8 text`);
  }
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of files that a test may change; `remove` takes it away. */
export interface TemporaryTree {
  root: string;
  remove(): void;
}

/** Writes files (relative path → text) into a new temporary folder. */
export function temporaryTree(files: Readonly<Record<string, string>> = {}): TemporaryTree {
  const root = mkdtempSync(path.join(tmpdir(), 'agent-cache-'));
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

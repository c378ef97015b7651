import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import { readText } from '../../../codemods/agent-cache/files/files.ts';
import { isSkippedFolder } from '../../../codemods/agent-cache/files/excluded.ts';

/** Files with code of ours inside of another language, and what may be a script without an extension. */
const MAY_HOLD_CODE = /\.(?:vue|svelte|astro)$|^[^.]+$/;
const SHEBANG = /^#!.*\b(?:node|tsx|ts-node|bun|deno)\b/;

/** The files below a folder that construct the agent's class in code that the tools do not read, absolute. */
export function embeddedCode(
  root: string,
  agentClass: string,
  isLeftOut: (file: string) => boolean,
): string[] {
  const builds = new RegExp(`\\bnew\\s+(?:[\\w$]+\\s*\\.\\s*)*${agentClass.replaceAll('$', '\\$')}\\b`);
  return [...candidates(root)].filter((file) => {
    if (path.extname(file) === '' && !isScript(file)) return false;
    return builds.test(readText(file) ?? '') && !isLeftOut(file);
  });
}

function* candidates(folder: string): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!isSkippedFolder(entry.name)) yield* candidates(full);
    } else if (entry.isFile() && MAY_HOLD_CODE.test(entry.name)) {
      yield full;
    }
  }
}

/** Whether a file begins as a script of ours does. Programs and data may be large: no more than that is read of them. */
function isScript(file: string): boolean {
  const start = Buffer.alloc(512);
  try {
    const handle = openSync(file, 'r');
    try {
      const head = start.subarray(0, readSync(handle, start));
      return !head.includes(0) && SHEBANG.test(head.toString('utf8'));
    } finally {
      closeSync(handle);
    }
  } catch {
    return false;
  }
}

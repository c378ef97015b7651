import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import { escapeRegExp } from '../../../codemods/agent-cache/source/escape-reg-exp.ts';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { readText } from '../../../codemods/agent-cache/files/files.ts';
import { isSkippedFolder } from '../../../codemods/agent-cache/files/excluded.ts';

/** Files with code of ours inside of another language, and what may be a script without an extension. */
const MAY_HOLD_CODE = /\.(?:vue|svelte|astro)$|^[^.]+$/;
const SHEBANG = /^#!.*\b(?:node|tsx|ts-node|bun|deno)\b/;

/** The files below a folder that construct the agent in code that the tools do not read, absolute. */
export function embeddedCode(
  root: string,
  options: CodemodOptions,
  isLeftOut: (file: string) => boolean,
): string[] {
  const builds = construction(options);
  return [...candidates(root)].filter((file) => {
    if (path.extname(file) === '' && !isScript(file)) return false;
    return builds(readText(file) ?? '') && !isLeftOut(file);
  });
}

/** Whether a text has a construction in it. Other modules may have a function of that name: its own is named with it. */
function construction({
  agentClass,
  agentModule,
  builtBy = 'new',
}: CodemodOptions): (text: string) => boolean {
  const name = escapeRegExp(agentClass);
  if (builtBy === 'function') {
    const called = new RegExp(`(?<![\\w$])${name}\\s*\\(`);
    const module = agentModule.split('/').at(-1) ?? agentModule;
    return (text) => called.test(text) && text.includes(module);
  }
  const built =
    builtBy === 'new'
      ? `\\bnew\\s+(?:[\\w$]+\\s*\\.\\s*)*${name}(?![\\w$])`
      : `(?<![\\w$])${name}\\s*\\??\\.\\s*${escapeRegExp(builtBy)}\\s*\\(`;
  const pattern = new RegExp(built);
  return (text) => pattern.test(text);
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

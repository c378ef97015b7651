import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import { escapeRegExp } from '../../../codemods/agent-cache/source/escape-reg-exp.ts';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { withoutExtension } from '../../../codemods/agent-cache/source/specifiers.ts';
import { readText } from '../../../codemods/agent-cache/files/files.ts';
import { isSkippedFolder } from '../../../codemods/agent-cache/files/excluded.ts';
import type { Project } from '../../../codemods/agent-cache/project.ts';
import { ModuleGraph } from '../source/module-graph.ts';
import { namesOfClass } from './names-of-class.ts';
import { linkedCode } from './linked-code.ts';
import { buildsInScripts, markupIn, scriptsIn, scriptTags } from './scripts-in.ts';

/** Files with code of ours inside of another language, and what may be a script without an extension. */
const HOLDS_CODE = /\.(?:vue|svelte|astro|ejs|eta|coffee|mdx|html?|ipynb)$/;
/** Files with commands, in which a program may stand as a text. */
const HOLDS_COMMANDS =
  /\.(?:(?:ba|z|fi|k)?sh|ya?ml|mk|toml|ps1|bat|cmd|service|(?:docker|container)file)$|^(?:(?:Docker|Container|Make|Proc|Just|Task|Rake|Jenkins)file|crontab|(?:package|ecosystem|project|vercel|fly|nodemon)(?:\.[\w-]+)*\.json)/i;
const SHEBANG = /^#!.*\b(?:node|tsx|ts-node|bun|deno)\b/;
const SHELL = /^#!.*\b(?:ba|z|da|k|fi)?sh\b/;
/** Folders that are hidden and have commands that run all the same. */
const HAS_COMMANDS = new Set(['.github', '.circleci', '.gitlab', '.buildkite', '.husky', '.devcontainer']);
/** `node -e '…'`, or what a shell hands on. */
const RUNS_A_TEXT = /[\s"'](?:-\w*[ep]|--eval|--print)\b|<</;
const LOADS_SOMETHING = /\b(?:import|require)\b/;

/** The files below a folder that construct the agent in code that the tools do not read, absolute; also those linked. */
export function embeddedCode(
  root: string,
  options: CodemodOptions,
  isLeftOut: (file: string) => boolean,
  { resolve }: Pick<Project, 'resolve'>,
): string[] {
  const graph = new ModuleGraph(resolve);
  const builds = construction(options);
  const modules = [options.agentModule, options.cacheModule ?? 'utils/agent-cache'];
  const isOfAgent = (file: string) =>
    modules.some((module) => withoutExtension(file).endsWith(withoutExtension(module)));
  const isLinked = (file: string) => !isOfAgent(file) && builds(readText(file) ?? '') && !isLeftOut(file);
  const linked = [...linkedCode(root)].filter(isLinked);
  const embedded = [...candidates(root)].filter((file) => {
    const name = path.basename(file);
    const start = path.extname(name) === '' || name.startsWith('.') ? startOf(file) : '';
    const isOfCommands = HOLDS_COMMANDS.test(name) || SHELL.test(start);
    if (!isOfCommands && path.extname(file) === '' && !SHEBANG.test(start)) return false;
    const text = readText(file) ?? '';
    const scripts = isOfCommands ? undefined : scriptsIn(name, text);
    const isBuilding =
      (scripts && buildsInScripts(scripts, markupIn(text), options, namesOfClass(file, graph, options))) ??
      builds(isOfCommands ? commandsIn(text) : codeIn(name, text));
    return isBuilding && !isLeftOut(file);
  });
  return [...embedded, ...linked];
}

/** The part of a text that is code, where that can be told: no example on a page. */
function codeIn(name: string, text: string): string {
  if (name.endsWith('.mdx')) return text.replaceAll(/^(```|~~~)[\s\S]*?^\1|`[^`\n]*`/gm, '');
  if (!/\.html?$/.test(name)) return text;
  return scriptTags(text).join('\n');
}

/** A text with commands, where it may run a program that it writes down. */
function commandsIn(text: string): string {
  return RUNS_A_TEXT.test(text) && LOADS_SOMETHING.test(text) ? text : '';
}

/** `require('…')`, `(await import('…'))`, as what a construction may begin with. */
const LOADED = '(?:await\\s+)?(?:require|import)\\s*\\([^()\\n]*\\)[\\s)]*';

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
      ? `\\bnew\\b[\\s(]*(?:${LOADED}\\s*\\.\\s*|[\\w$]+\\s*\\.\\s*)*${name}(?![\\w$])`
      : `(?<![\\w$])${name}\\s*\\??\\.\\s*${escapeRegExp(builtBy)}\\s*\\(`;
  const pattern = new RegExp(built);
  return (text) => pattern.test(text);
}

/** The components below a folder, absolute. */
export function componentsBelow(root: string): string[] {
  return [...candidates(root)].filter((file) => /\.(?:vue|svelte|astro)$/.test(file));
}

function* candidates(folder: string): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!isSkippedFolder(entry.name) || HAS_COMMANDS.has(entry.name)) yield* candidates(full);
    } else if (entry.isFile() && mayHoldCode(entry.name)) {
      yield full;
    }
  }
}

function mayHoldCode(name: string): boolean {
  if (!name.includes('.') || HOLDS_CODE.test(name)) return true;
  return HOLDS_COMMANDS.test(name) && name !== 'pnpm-lock.yaml';
}

/** How a file begins. Programs and data may be large: no more than that is read of them, and nothing of what is no text. */
function startOf(file: string): string {
  const start = Buffer.alloc(512);
  try {
    const handle = openSync(file, 'r');
    try {
      const head = start.subarray(0, readSync(handle, start));
      return head.includes(0) ? '' : head.toString('utf8');
    } finally {
      closeSync(handle);
    }
  } catch {
    return '';
  }
}

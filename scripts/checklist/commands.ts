import path from 'node:path';
import type { CodemodOptions } from '../../codemods/agent-cache/options.ts';
import { commandLine } from '../cli/command-line.ts';
import type { CodemodFlags } from '../codemod/arguments.ts';

/** Which tree is checked, with which words. */
export interface Subject {
  /** Absolute. */
  root: string;
  /** As they were asked for, relative to the root. */
  guides: readonly string[];
  options: CodemodOptions;
  /** What the command line asks for: the rest is in the configuration, which those who run the commands read too. */
  asked: CodemodFlags;
}

/** The commands that mend what the gate finds, as they run in the working folder of this process. */
export interface Commands {
  codemod: (itemPath: string) => string;
  init: (itemPath: string) => string;
  setTicks: () => string;
  add: () => string;
  updateBaseline: (baseline: string) => string;
}

/** Commands for one run of the gate. */
export function commandsFor({ root, guides, options, asked }: Subject): Commands {
  const flags = codemodFlags(options, asked);
  const checklist = (...words: string[]) => {
    const place = root === process.cwd() ? [] : ['--root', fromHere(root)];
    const isUsual = guides.length === 1 && guides[0] === 'MIGRATION.md';
    const list = isUsual ? [] : guides.flatMap((guide) => ['--guide', guide]);
    return commandLine('checklist', [...place, ...list, ...flags, ...words]);
  };
  const ticks = checklist('--write');
  return {
    codemod: (itemPath) => commandLine('codemod', [...flags, fromHere(path.join(root, itemPath))]),
    init: (itemPath) => commandLine('codemod', [...flags, '--init', fromHere(sourceFolder(root, itemPath))]),
    setTicks: () => ticks,
    add: () => checklist('--write', '--add'),
    updateBaseline: (baseline) => checklist('--baseline', baseline, '--update-baseline'),
  };
}

const FLAGS = [
  ['--agent-class', 'agentClass'],
  ['--agent-module', 'agentModule'],
  ['--cache-module', 'cacheModule'],
  ['--factory', 'factory'],
  ['--provider', 'provider'],
  ['--tasks', 'tasks'],
] as const;

function codemodFlags(options: CodemodOptions, asked: CodemodFlags): string[] {
  return FLAGS.flatMap(([flag, name]) => {
    const value = options[name];
    return asked[name] === undefined || value === undefined ? [] : [flag, value];
  });
}

/** `api/src/utils/agent-cache.ts` belongs to the source under `api/src`. */
function sourceFolder(root: string, cacheModule: string): string {
  return path.join(root, path.dirname(path.dirname(cacheModule)));
}

/** Relative where that stays inside the working folder, absolute elsewhere. */
function fromHere(file: string): string {
  const relative = path.relative(process.cwd(), file);
  if (relative === '') return '.';
  return relative.startsWith('..') ? file : relative;
}

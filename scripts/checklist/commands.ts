import path from 'node:path';
import { type CodemodOptions, DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import { commandLine } from '../cli/command-line.ts';

/** Which tree is checked, with which words. */
export interface Subject {
  /** Absolute. */
  root: string;
  /** As they were asked for, relative to the root. */
  guides: readonly string[];
  options: CodemodOptions;
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
export function commandsFor({ root, guides, options }: Subject): Commands {
  const flags = codemodFlags(options);
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

function codemodFlags(options: CodemodOptions): string[] {
  const flag = (name: string, value: string | undefined, usual: string | undefined) =>
    value === undefined || value === usual ? [] : [name, value];
  return [
    ...flag('--agent-class', options.agentClass, DEFAULT_OPTIONS.agentClass),
    ...flag('--agent-module', options.agentModule, DEFAULT_OPTIONS.agentModule),
    ...flag('--cache-module', options.cacheModule, undefined),
    ...flag('--factory', options.factory, DEFAULT_OPTIONS.factory),
    ...flag('--provider', options.provider, DEFAULT_OPTIONS.provider),
    ...flag('--tasks', options.tasks, DEFAULT_OPTIONS.tasks),
  ];
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

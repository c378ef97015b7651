import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';
import { filesNow } from '../../../codemods/agent-cache/files/files-once.ts';
import { compilerSetting } from '../../../codemods/agent-cache/files/path-aliases.ts';
import { toPosix } from '../../../codemods/agent-cache/source/specifiers.ts';
import { createFormatAsTree } from '../formatting/format-as-tree.ts';
import { type AgentModule, agentImport, isCommonJs, quoteHabit } from './agent-import.ts';
import { cacheModuleText } from './cache-module-text.ts';
import { importLines } from './import-lines.ts';
import { inHabit } from './in-habit.ts';
import { libraryModuleText } from './library-module-text.ts';
import type { WhatToBuild } from './what-to-build.ts';
import type { Manner } from './written-module.ts';

/** What a file says that has the types of Node: its globals, its modules, or a package that brings them. */
const OF_NODE =
  /\b(process|Buffer|__dirname)\b|['"](node:[\w/]+|express|fastify|koa|@nestjs\/[\w-]+|https?|fs|path|crypto|events|stream|util)['"]/;

function isOfNode(file: string): boolean {
  // The health route that comes with the module says nothing of the tree.
  return !/agent-cache-health\.\w+$/.test(file) && OF_NODE.test(readFileSync(file, 'utf8'));
}

/** Whether the types of a file of JavaScript are checked: its compiler says so, or files of its tree do. */
function isChecked(file: string, sources: readonly string[]): boolean {
  if (compilerSetting(toPosix(path.resolve(file)), 'checkJs', filesNow) === true) return true;
  return sources.some((each) => /^\s*\/\/\s*@ts-check\b/m.test(readFileSync(each, 'utf8')));
}

/** Where a cache module is written, and for what. */
export interface ModuleTree {
  /** Absolute. */
  target: string;
  folder: string;
  agent: AgentModule;
  sources: readonly string[];
}

/** The manner of a module that the options ask for. */
export function mannerAsked({ sync = false, keyed = false }: CodemodOptions, library: boolean): Manner {
  return { sync, keyed, library };
}

/** What kind of file a module is. */
export function kindOf(
  target: string,
  agent: AgentModule,
  sources: readonly string[],
): { typescript: boolean; commonJs: boolean } {
  const typescript = path.extname(target).endsWith('ts');
  return { typescript, commonJs: !typescript && isCommonJs(target, agent.file ?? sources[0]) };
}

/** The text of a new module, in the habits of its tree. */
export async function moduleText(
  { target, agent, sources }: ModuleTree,
  {
    options: { agentClass, factory, provider },
    wanted: { sync, library },
    what: { built, keyed, type, imports },
  }: { options: CodemodOptions; wanted: Manner; what: WhatToBuild },
): Promise<string> {
  const { typescript, commonJs } = kindOf(target, agent, sources);
  const quote = quoteHabit(sources);
  const textOf = library ? libraryModuleText : cacheModuleText;
  const written = textOf({
    agentClass,
    imports: [
      ...importLines(imports, target, sources, { commonJs, quote }),
      agentImport(agentClass, agent, target, sources, commonJs, quote),
    ],
    built,
    ...(keyed && { keyed }),
    ...(type && { type }),
    factory,
    provider,
    sync,
    typescript,
    checked: !typescript && isChecked(target, sources),
    commonJs,
    withoutNode: typescript && !sources.some(isOfNode),
    quote,
  });
  // An empty text is formatted as it stands, so the new one is as the tree's formatter writes it.
  const { text } = await createFormatAsTree()(target, '', inHabit(written, sources));
  return text;
}

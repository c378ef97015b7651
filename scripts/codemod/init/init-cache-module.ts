import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type CodemodOptions, DEFAULT_OPTIONS, moduleEnd } from '../../../codemods/agent-cache/options.ts';
import { findSourceFiles } from '../../../codemods/agent-cache/files/find-source-files.ts';
import type { Arguments } from '../arguments.ts';
import { paletteFor } from '../../cli/colour.ts';
import { resolveOptions } from '../resolve-options.ts';
import { shownPath } from '../../cli/shown-path.ts';
import { UsageError } from '../../cli/usage-error.ts';
import { writeFileAtomically } from '../../cli/write-file.ts';
import type { AgentModule } from './agent-import.ts';
import { aboutReach, outOfReach, presentModule, targetFile } from './cache-module-place.ts';
import { chosenCandidate } from './chosen-candidate.ts';
import { findAgent } from './find-agent.ts';
import { findClients } from './find-clients.ts';
import { requireNeverThere } from './missing-module.ts';
import { kindOf, mannerAsked, moduleText } from './module-text.ts';
import { differingText, nextSteps } from './next-steps.ts';
import { withinPackage } from './of-one-package.ts';
import { type WhatToBuild, whatToBuild } from './what-to-build.ts';
import { writtenAnew } from './written-anew.ts';

/** How long the module that is written shares an agent, in seconds. */
const DEFAULT_TTL = 3600;

/** The cache module of a tree: one that is not there yet, or that which it has. */
export interface NewCacheModule {
  /** Absolute. */
  target: string;
  /** The file of the agent's class, where that is one of the tree. */
  agentFile: string | undefined;
  text: string;
  options: CodemodOptions;
  typescript: boolean;
  commonJs: boolean;
  /** What it builds, and which places build otherwise. */
  what: WhatToBuild;
  /** What else the agent's module could mean. */
  note: string | undefined;
  /** The files that build the agent and do not find the module by its place alone, absolute. */
  outside: readonly string[];
  /** The tree has it already, as it is to be. */
  isPresent: boolean;
  /** The text of the module that it is to replace, which was written in another manner and never edited. */
  replaced: string | undefined;
}

/**
 * Writes a starting cache module into a tree that has none, and says what to do next; a dry run shows it instead.
 *
 * @returns the exit code 0
 * @throws UsageError when there is a cache module already, or no agent to cache
 */
export async function initCacheModule(folder: string, asked: Arguments): Promise<number> {
  const { target, text, options, agentFile, what, note, outside, isPresent, replaced } = await cacheModuleOf(
    folder,
    asked,
  );
  if (isPresent) {
    throw new UsageError(
      `${shownPath(target)} is there already: it was left as it is, run the codemod itself`,
    );
  }
  const told =
    noteOf(note ?? aboutReach(target, outside)) +
    (agentFile === undefined ? '' : await questionsOf(agentFile, options));
  if (asked.dryRun) return await preview(target, { replaced, text }, differingText(what) + told);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileAtomically(target, text);
  process.stdout.write(nextSteps(target, folder, options, what) + told);
  return 0;
}

/** What the source of the class leaves open; the parser is loaded for it alone. */
export async function questionsOf(file: string, options: CodemodOptions): Promise<string> {
  const { classQuestions } = await import('./class-questions.ts');
  return classQuestions(file, options, DEFAULT_TTL);
}

/**
 * The cache module of a tree, or the one that it would be given, in the tree's own habits. One that was written for it
 * before and lacks what is asked for now is written anew, unless it was edited.
 *
 * @param library whether a new one is to leave the caching to the library
 * @throws UsageError when there is no agent to cache, or when a getter that is used is to give no promise any more
 */
export async function cacheModuleOf(
  folder: string,
  asked: Arguments,
  library = false,
): Promise<NewCacheModule> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--init ${folder}: there is no such folder`);
  }
  const sources = findSourceFiles([folder]);
  const named = await optionsFor(folder, sources, asked);
  // By the way that it is written a file is told from a package of that name; imports are met by its end.
  const agent = findAgent(folder, named.agentModule, named.agentClass, sources);
  const options = { ...named, agentModule: moduleEnd(named.agentModule) };
  const extension = extensionFor(agent, sources);
  const what = whatToBuild(folder, agent, sources, options);
  const builders = what.constructions.files;
  const planned = targetFile(folder, { options, agent, extension, builders, sources });
  const present = presentModule(planned, folder, sources, options);
  const target = path.resolve(present ?? planned);
  const outside = outOfReach(target, builders, options);
  const found = {
    target,
    options,
    agentFile: agent.file,
    what,
    note: agent.note,
    outside,
    ...kindOf(target, agent, sources),
  };
  const tree = { target, folder, agent, sources };
  const wanted = mannerAsked(options, library);
  if (present === undefined) {
    requireNeverThere(target, options);
    const within = withinPackage(target, options.agentClass, what);
    return {
      ...found,
      text: await moduleText(tree, { options, wanted, what: within }),
      isPresent: false,
      replaced: undefined,
    };
  }
  const text = readFileSync(present, 'utf8');
  const anew = await writtenAnew(text, tree, { options, wanted });
  return anew
    ? { ...found, ...anew, isPresent: false, replaced: text }
    : { ...found, text, isPresent: true, replaced: undefined };
}

/** The options with the class that is meant: where nobody names one, what the tree builds most is asked for. */
async function optionsFor(
  folder: string,
  sources: readonly string[],
  asked: Arguments,
): Promise<CodemodOptions> {
  const options = await resolveOptions(asked);
  const isNamed = options.agentClass !== DEFAULT_OPTIONS.agentClass || asked.flags.agentClass !== undefined;
  const isPlaced =
    asked.flags.agentModule !== undefined || options.agentModule !== DEFAULT_OPTIONS.agentModule;
  const isThere = isNamed
    ? isPlaced
    : sources.some((file) => readFileSync(file, 'utf8').includes(options.agentClass));
  if (isThere) return { ...options, agentModule: asked.flags.agentModule ?? options.agentModule };
  const found = findClients(folder, options);
  // Who names the class alone means the one that the tree builds.
  const candidates = isNamed ? found.filter(({ name }) => name === options.agentClass) : found;
  const [only, ...others] = candidates;
  if (!only) return options;
  const isMeant = isNamed && others.length === 0;
  const client = isMeant ? only : await chosenCandidate(folder, candidates);
  const { name: agentClass, module: agentModule, builtBy } = client;
  const chosen = { agentClass, agentModule, ...(builtBy !== undefined && { builtBy }) };
  return await resolveOptions({ ...asked, flags: { ...chosen, ...asked.flags } });
}

function noteOf(note: string | undefined): string {
  return note === undefined ? '' : `Note: ${note}\n`;
}

async function preview(
  target: string,
  { replaced, text }: Pick<NewCacheModule, 'replaced' | 'text'>,
  told: string,
): Promise<number> {
  const { unifiedDiff } = await import('../unified-diff.ts');
  process.stdout.write(unifiedDiff(shownPath(target), replaced, text, paletteFor(process.stdout)));
  process.stdout.write(`\n${told}\nNothing was written: this was a dry run.\n`);
  return 0;
}

function extensionFor({ file }: AgentModule, sources: readonly string[]): string {
  const like = file ?? sources.find((each) => /\.[cm]?ts$/.test(each)) ?? sources[0] ?? 'index.ts';
  return path.extname(like).replace(/x$/, '');
}

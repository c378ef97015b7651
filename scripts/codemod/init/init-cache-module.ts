import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  type CodemodOptions,
  DEFAULT_OPTIONS,
  getterOf,
  keyedGetter,
} from '../../../codemods/agent-cache/options.ts';
import { findSourceFiles } from '../../../codemods/agent-cache/files/find-source-files.ts';
import { findCacheModule } from '../../../codemods/agent-cache/files/cache-module.ts';
import { foldersAbove } from '../../../codemods/agent-cache/files/files.ts';
import type { Arguments } from '../arguments.ts';
import { commandLine } from '../../cli/command-line.ts';
import { paletteFor } from '../../cli/colour.ts';
import { createFormatAsTree } from '../formatting/format-as-tree.ts';
import { resolveOptions } from '../resolve-options.ts';
import { UsageError } from '../../cli/usage-error.ts';
import { writeFileAtomically } from '../../cli/write-file.ts';
import { type AgentModule, agentImport, isCommonJs, quoteHabit } from './agent-import.ts';
import { cacheModuleText } from './cache-module-text.ts';
import { type CacheModuleParts, creatorOf } from './cache-words.ts';
import { nounOf } from '../../../codemods/agent-cache/source/client-noun.ts';
import { candidatesIn } from './candidates.ts';
import { chosenCandidate } from './chosen-candidate.ts';
import { findAgent, pathOf } from './find-agent.ts';
import { importLines } from './import-lines.ts';
import { inHabit } from './in-habit.ts';
import { type WhatToBuild, whatToBuild } from './what-to-build.ts';

/** How long the module that is written shares an agent, in seconds. */
const DEFAULT_TTL = 3600;
/** How many places are named at most. */
const SHOWN_PLACES = 10;
const DEFAULT_CACHE_MODULE = 'utils/agent-cache';

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
  /** The tree has it already. */
  isPresent: boolean;
}

/**
 * Writes a starting cache module into a tree that has none, and says what to do next; a dry run shows it instead.
 *
 * @returns the exit code 0
 * @throws UsageError when there is a cache module already, or no agent to cache
 */
export async function initCacheModule(folder: string, asked: Arguments): Promise<number> {
  const { target, text, options, agentFile, what, note, isPresent } = await cacheModuleOf(folder, asked);
  if (isPresent) {
    throw new UsageError(`${shown(target)} is there already: it was left as it is, run the codemod itself`);
  }
  const questions = agentFile === undefined ? '' : await questionsOf(agentFile, options);
  if (asked.dryRun) return await preview(target, text, questions);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileAtomically(target, text);
  process.stdout.write(nextSteps(target, folder, options, what) + noteOf(note) + questions);
  return 0;
}

/** The parser is loaded for them alone. */
async function questionsOf(file: string, options: CodemodOptions): Promise<string> {
  const { classQuestions } = await import('./class-questions.ts');
  return classQuestions(file, options, DEFAULT_TTL);
}

/**
 * The cache module of a tree, or the one that it would be given, in the tree's own habits.
 *
 * @param textOf what a new one is made of
 * @throws UsageError when there is no agent to cache
 */
export async function cacheModuleOf(
  folder: string,
  asked: Arguments,
  textOf: (parts: CacheModuleParts) => string = cacheModuleText,
): Promise<NewCacheModule> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--init ${folder}: there is no such folder`);
  }
  const sources = findSourceFiles([folder]);
  const options = await optionsFor(folder, sources, asked);
  const agent = findAgent(folder, options.agentModule, options.agentClass, sources);
  const extension = extensionFor(agent, sources);
  const what = whatToBuild(folder, agent, sources, options);
  const builders = what.constructions.files;
  const planned = targetFile(folder, { options, agent, extension, builders });
  const present = presentModule(planned, folder, sources, options);
  const target = present ?? planned;
  const typescript = path.extname(target).endsWith('ts');
  const commonJs = !typescript && isCommonJs(target, agent.file ?? sources[0]);
  const quote = quoteHabit(sources);
  const note = agent.note ?? (present === undefined ? outOfReach(target, builders, options) : undefined);
  const found = { target, options, typescript, commonJs, agentFile: agent.file, what, note };
  if (present !== undefined) return { ...found, text: readFileSync(present, 'utf8'), isPresent: true };
  const { built, keyed } = what;
  const written = textOf({
    agentClass: options.agentClass,
    imports: [
      ...importLines(what.imports, target, sources, { commonJs, quote }),
      agentImport(options.agentClass, agent, target, sources, commonJs, quote),
    ],
    built,
    ...(keyed && { keyed }),
    ...(what.type && { type: what.type }),
    factory: options.factory,
    provider: options.provider,
    sync: options.sync ?? false,
    typescript,
    commonJs,
    quote,
  });
  // An empty text is formatted as it stands, so the new one is as the tree's formatter writes it.
  const { text } = await createFormatAsTree()(target, '', inHabit(written, sources));
  return { ...found, text, isPresent: false };
}

/** The options with the class that is meant: where nobody names one, what the tree builds most is asked for. */
async function optionsFor(
  folder: string,
  sources: readonly string[],
  asked: Arguments,
): Promise<CodemodOptions> {
  const options = await resolveOptions(asked);
  const isNamed = options.agentClass !== DEFAULT_OPTIONS.agentClass || asked.flags.agentClass !== undefined;
  if (isNamed || sources.some((file) => readFileSync(file, 'utf8').includes(options.agentClass)))
    return { ...options, agentModule: asked.flags.agentModule ?? options.agentModule };
  const candidates = candidatesIn(sources);
  if (candidates.length === 0) return options;
  const { agentClass, agentModule } = await chosenCandidate(folder, candidates);
  return await resolveOptions({ ...asked, flags: { agentClass, agentModule, ...asked.flags } });
}

function noteOf(note: string | undefined): string {
  return note === undefined ? '' : `Note: ${note}\n`;
}

async function preview(target: string, text: string, questions: string): Promise<number> {
  const { unifiedDiff } = await import('../unified-diff.ts');
  process.stdout.write(unifiedDiff(shown(target), undefined, text, paletteFor(process.stdout)));
  process.stdout.write(`${questions}\nNothing was written: this was a dry run.\n`);
  return 0;
}

function extensionFor({ file }: AgentModule, sources: readonly string[]): string {
  const like = file ?? sources.find((each) => /\.[cm]?ts$/.test(each)) ?? sources[0] ?? 'index.ts';
  return path.extname(like).replace(/x$/, '');
}

interface Placing {
  options: CodemodOptions;
  agent: AgentModule;
  extension: string;
  /** The files that build the agent, absolute. */
  builders: readonly string[];
}

/**
 * Beside the agent: `src/agents/…` gets `src/utils/agent-cache`, where every file of `src` finds it. Where others build it
 * too, as far up as all of them find it, within the folder and the package.
 */
function targetFile(
  folder: string,
  { options: { cacheModule }, agent: { file, name }, extension, builders }: Placing,
): string {
  if (cacheModule !== undefined) {
    return namedTarget(path.resolve(folder), `${withoutExtension(cacheModule)}${extension}`);
  }
  const beside = file === undefined ? undefined : pathOf(file).slice(0, -name.length);
  const root = path.resolve(folder);
  let base = beside !== undefined && isInside(path.join(beside, 'x'), root) ? path.resolve(beside) : root;
  while (base !== root && !builders.every((each) => isInside(each, base)) && !isPackage(base))
    base = path.dirname(base);
  return path.join(base, `${DEFAULT_CACHE_MODULE}${extension}`);
}

function isPackage(folder: string): boolean {
  return existsSync(path.join(folder, 'package.json'));
}

/** Which files would not find the cache module by themselves, where it is looked for by its place. */
function outOfReach(
  target: string,
  builders: readonly string[],
  { cacheModule }: CodemodOptions,
): string | undefined {
  const base = target.slice(0, -DEFAULT_CACHE_MODULE.length - path.extname(target).length);
  const outside = cacheModule === undefined ? builders.filter((each) => !isInside(each, base)) : [];
  const [first] = outside;
  if (first === undefined) return undefined;
  const more = outside.length > 1 ? ` and ${outside.length - 1} more` : '';
  return `${shown(first)}${more} lies outside of ${shown(base)}, and finds it only where you name it with --cache-module`;
}

/**
 * Where a path lies that may be seen from the working directory, from a folder above `folder`, whose own name it then
 * repeats (`src/lib/cache` for `…/src`), or from `folder` itself.
 */
function namedTarget(folder: string, named: string): string {
  const places = [
    path.resolve(named),
    ...Array.from(foldersAbove(folder), (above) => path.resolve(above, named)),
  ];
  return places.find((place) => isInside(place, folder)) ?? path.resolve(folder, named);
}

/** The cache module that the tree has: where it is looked for, or where the new one would come to lie. */
function presentModule(
  target: string,
  folder: string,
  sources: readonly string[],
  options: CodemodOptions,
): string | undefined {
  const known = withoutExtension(target);
  const present = findCacheModule(slashed(path.join(folder, 'index.ts')), options);
  if (present !== undefined) return present;
  const { cacheModule } = options;
  const there = sources.find((file) => {
    const bare = withoutExtension(path.resolve(file));
    return (
      bare === known || (cacheModule === undefined && slashed(bare).endsWith(`/${DEFAULT_CACHE_MODULE}`))
    );
  });
  return there === undefined ? (existsSync(target) ? target : undefined) : path.resolve(there);
}

function nextSteps(
  target: string,
  folder: string,
  options: CodemodOptions,
  { built, keyed, constructions }: WhatToBuild,
): string {
  const { agentClass, factory } = options;
  const noun = nounOf(agentClass);
  const creates = creatorOf(agentClass);
  const gives = [
    ...(built ? [`${factory}() shares one ${agentClass}`] : []),
    ...(keyed ? [`${keyedGetter(options)}(…) keeps one for each set of arguments`] : []),
  ];
  const { differing } = constructions;
  return `Wrote ${shown(target)}: ${gives.join(', ')}.
${differing.length > 0 ? differingText(differing, built?.code) : ''}
Next:
  1. Read it. ${creates}${built ? '' : 'For'}() is where the ${noun} is built; DEFAULT_TTL says for how long it is shared.
  2. ${commandLine('codemod', ['--dry-run', ...sameOptions(options, keyed !== undefined), folder])}    to see what would change
  3. Commit, then run it without --dry-run, and run your type check and tests.
`;
}

/** The options that name the same class and cache to the codemod, where those are not its defaults. */
function sameOptions(options: CodemodOptions, isKeyed: boolean): string[] {
  const { agentClass, agentModule, cacheModule, factory, provider, builtBy } = options;
  const given: [flag: string, value: string | undefined, byDefault: string | undefined][] = [
    ['--agent-class', agentClass, DEFAULT_OPTIONS.agentClass],
    ['--agent-module', agentModule, DEFAULT_OPTIONS.agentModule],
    ['--cache-module', cacheModule, undefined],
    ['--factory', factory, getterOf(agentClass)],
    ['--provider', provider, DEFAULT_OPTIONS.provider],
    ['--built-by', builtBy === 'new' ? undefined : builtBy, undefined],
  ];
  const named = given.flatMap(([flag, value, byDefault]) =>
    value === undefined || value === byDefault ? [] : [flag, value],
  );
  return [...(isKeyed ? ['--keyed'] : []), ...named];
}

/** The places that do not build as the written module does, which the codemod will leave, or give entries of their own. */
function differingText(differing: readonly string[], built: string | undefined): string {
  const shownPlaces = differing.slice(0, SHOWN_PLACES).map((place) => `  ${place}`);
  const more = differing.length > SHOWN_PLACES ? [`  and ${differing.length - SHOWN_PLACES} more`] : [];
  const head =
    built === undefined
      ? 'These build it with arguments of their own:'
      : `It builds ${built}; these build it otherwise:`;
  return [head, ...shownPlaces, ...more, ''].join('\n');
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

function withoutExtension(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/, '');
}

function slashed(file: string): string {
  return file.split(path.sep).join('/');
}

function shown(file: string): string {
  const relative = path.relative('', path.resolve(file));
  return relative.startsWith('..') ? path.resolve(file) : relative;
}

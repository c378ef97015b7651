import path from 'node:path';
import type { Reason } from './reasons/reason.ts';
import { capitalised } from './source/client-noun.ts';

/** What a person vouches for, since no code says it. */
export interface Assumption {
  /** The question that it answers. */
  id: string;
  /** What it is about: a method (`Client.track`), or the class for all of them. */
  of: string;
  /** How they know. */
  why: string;
}

/** What to migrate, and to what. Every path-like value uses forward slashes. */
export interface CodemodOptions {
  /** The class whose constructions are replaced. */
  agentClass: string;
  /** The end of the module path that the class is imported from, without extension. */
  agentModule: string;
  /**
   * The module to import the cache from: a path (absolute, or relative to the working directory) or a bare
   * specifier that is written as it is. Default: the nearest `utils/agent-cache.*` above each file.
   */
  cacheModule?: string;
  /** The function of the cache module that routes await. */
  factory: string;
  /** The function of the cache module that gives tasks a provider with a TTL of their own. */
  provider: string;
  /** Glob of the files that are tasks, matched against the whole path. */
  tasks: string;
  /** TTL that a task asks for, in seconds. */
  taskTtl: number;
  /** Globs of files that are left out of a run over a tree, matched against the whole path. */
  exclude: readonly string[];
  /** The cache module has to give its agent at once: the run is refused where its getter gives a promise. */
  sync?: boolean;
  /** Take the entry of its arguments for an agent that is not the shared one. */
  keyed?: boolean;
  /** What builds an agent: `new`, a static method of the class by its name, or `function` for one that is called itself. */
  builtBy?: string;
  /** Write a `// agent-cache: manual — …` comment above each place that is left for a person. */
  mark: boolean;
  /** Why places keep their agent although they could be rewired, by `placeKey`; none by default. */
  keep?: ReadonlyMap<string, Reason>;
  /** What a person vouches for; none by default. */
  assume?: readonly Assumption[];
}

/** Names a place in `keep`: its file's absolute path with forward slashes, its line and its column, both 1-based. */
export function placeKey(file: string, { line, column }: { line: number; column: number }): string {
  return `${file}:${line}:${column}`;
}

export const DEFAULT_OPTIONS: Readonly<CodemodOptions> = {
  agentClass: 'FacebookAdsAgent',
  agentModule: 'agents/facebook-ads-agent',
  factory: 'getFacebookAgent',
  provider: 'getCachedAgentProvider',
  tasks: '**/tasks/**',
  taskTtl: 1800,
  exclude: [],
  mark: false,
};

/**
 * The end of a module path, from any way to write one: with an extension, with an `index`, from the working directory
 * on (`./src/lib/stripe.ts`), absolute. The name of a package stays.
 */
export function moduleEnd(written: string): string {
  const slashed = path.sep === '/' ? written : written.split(path.sep).join('/');
  const whole = slashed.startsWith('../') ? path.posix.resolve(slashed) : slashed.replace(/^(\.\/)+/, '');
  return whole
    .replace(/^\/+/, '')
    .replace(/\.[cm]?[jt]sx?$/, '')
    .replace(/\/index$/, '');
}

/** The function of the cache module that has one entry for each set of arguments: `getFacebookAgentFor`. */
export function keyedGetter({ factory }: Pick<CodemodOptions, 'factory'>): string {
  return `${factory}For`;
}

/** The getter of a class where nobody names one: `getLedgerClient`; of a function that is a getter itself, `getSharedApi`. */
export function getterOf(agentClass: string): string {
  if (agentClass === DEFAULT_OPTIONS.agentClass) return DEFAULT_OPTIONS.factory;
  const gets = /^get(?=[A-Z])/.exec(agentClass);
  if (gets) return `getShared${agentClass.slice(gets[0].length)}`;
  return `get${capitalised(agentClass)}`;
}

/** Options from command line flags in either spelling (`agent-class`, `agentClass`); what is absent has its default. */
export function optionsFromFlags(flags: Readonly<Record<string, unknown>>): CodemodOptions {
  const text = (name: keyof CodemodOptions): string | undefined => {
    const value = flags[name] ?? flags[name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)];
    return ['string', 'number', 'boolean'].includes(typeof value)
      ? `${value as string | number | boolean}`
      : undefined;
  };
  const cacheModule = text('cacheModule');
  return {
    agentClass: text('agentClass') ?? DEFAULT_OPTIONS.agentClass,
    agentModule: moduleEnd(text('agentModule') ?? DEFAULT_OPTIONS.agentModule),
    ...(cacheModule === undefined ? {} : { cacheModule }),
    factory: text('factory') ?? getterOf(text('agentClass') ?? DEFAULT_OPTIONS.agentClass),
    provider: text('provider') ?? DEFAULT_OPTIONS.provider,
    tasks: text('tasks') ?? DEFAULT_OPTIONS.tasks,
    taskTtl: secondsOf(text('taskTtl')),
    // jscodeshift is told what to leave out by its own --ignore-pattern.
    exclude: DEFAULT_OPTIONS.exclude,
    mark: text('mark') === 'true',
    ...(text('sync') === 'true' && { sync: true }),
    ...(text('keyed') === 'true' && { keyed: true }),
    ...(text('builtBy') !== undefined && { builtBy: text('builtBy') }),
  };
}

/** @throws RangeError for what is no time */
function secondsOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_OPTIONS.taskTtl;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new RangeError(`taskTtl is ${text}, and has to be a whole number of seconds, from 1 to 999999999`);
  return Number(text);
}

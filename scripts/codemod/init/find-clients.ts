import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type { CallExpression, Class, NewExpression } from '@babel/types';
import { wholeProject } from '../../../codemods/agent-cache/files/file-project.ts';
import { FilesOnce } from '../../../codemods/agent-cache/files/files-once.ts';
import { findSourceFiles } from '../../../codemods/agent-cache/files/find-source-files.ts';
import type { Source } from '../../../codemods/agent-cache/migration.ts';
import { DEFAULT_OPTIONS, moduleEnd } from '../../../codemods/agent-cache/options.ts';
import { openFile } from '../../../codemods/agent-cache/source/open-file.ts';
import { looksLikeBuilder, staticBuilder } from './builder-calls.ts';
import { type BuiltClass, builtClass } from './built-class.ts';

/** What a tree builds inside its functions, over and over. */
export interface Client {
  /** The class, or the function that builds it. */
  name: string;
  /** The end of its module's path below the folder, or the name of its package. */
  module: string;
  /** How many places build it inside a function. */
  places: number;
  /** What builds it in place of `new`: the name of a static method, or `function`. */
  builtBy?: string;
}

/** What is looked for: what builds a client (anything that may, by default), and its name, where those are told. */
export interface Wanted {
  builtBy?: string | undefined;
  agentClass?: string | undefined;
}

/** What builds a client, as it is written: `LedgerClient`, `LedgerClient.open()`, `createClient()`. */
export function calledOf({ name, builtBy }: Client): string {
  if (builtBy === undefined || builtBy === 'new') return name;
  return builtBy === 'function' ? `${name}()` : `${name}.${builtBy}()`;
}

/** The options that name a client. */
export function namingFlags({ name, module, builtBy }: Client): string[] {
  const by = builtBy === undefined || builtBy === 'new' ? [] : ['--built-by', builtBy];
  return ['--agent-class', name, '--agent-module', module, ...by];
}

/** Packages whose classes are made per request on purpose, and the library of the caches. */
const OTHERS =
  /^(agent-cache-tools|express|zod|prom-client|winston|jest|mocha|chai|react|vue|redux|react-redux)(\/|$)/;
/** What a class of values, errors, messages or streams is called, rather than one that talks to another service. */
const NO_CLIENT =
  /(Error|Exception|Date|Decimal|BigNumber|Schema|Router|Event|EventEmitter|Emitter|Stream|Dto|DTO|Builder|Map|Set|Command|ObjectId|ObjectID|FormData|AbortController|DataLoader|LRUCache|ProxyAgent|HttpAgent|HttpsAgent|Logger|CronJob)$/;
/** What clients mostly are called. */
const LIKELY = /(Client|Agent|Api|API|Sdk|SDK|Connection|Gateway|Service)s?$/;

/** What a client is called, rather than what works with one. */
const CLIENT = /(Client|Agent|Api|API|Sdk|SDK|Connection|Gateway)s?$/;

interface Candidate extends Client {
  declared?: NodePath<Class>;
  /** The file of that. */
  declaring?: string;
  sites: Site[];
  /** What the files call it that build it. */
  names: string[];
}

type Construction = NewExpression | CallExpression;

/** A place that builds one, and its file. */
interface Site {
  place: NodePath<Construction>;
  file: string;
}

/**
 * What the functions of a tree build, those first that are likely to be clients and are built most. One that is imported
 * by several ways, past barrels, is one. Functions of packages and static methods are among them where they look as if
 * they built a client, or are named.
 *
 * @throws UnreadablePathError when there is no such folder
 */
export function findClients(folder: string, wanted: Wanted = {}): Client[] {
  const project = wholeProject(DEFAULT_OPTIONS, new FilesOnce());
  const found = new Map<string, Candidate>();
  for (const file of findSourceFiles([folder])) {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    if (!mayBuild(text, wanted)) continue;
    const source = opened(file, text);
    for (const { place, by, built } of source ? builtPlaces(source, wanted) : []) {
      const { name, file: declaring, specifier, declared } = built;
      const module =
        declaring === undefined || isElsewhere(folder, built) ? specifier : endOf(folder, declaring);
      if (OTHERS.test(module) || isBuiltin(module)) continue;
      const key = `${built.isWhole ? '' : name} ${module} ${by}`;
      const present = found.get(key);
      const site = { place, file: path.resolve(file) };
      if (present) {
        present.sites.push(site);
        present.names.push(name);
      } else
        found.set(key, {
          name,
          module,
          places: 0,
          ...(by !== 'new' && { builtBy: by }),
          ...(declared && declaring !== undefined && { declared, declaring: path.resolve(declaring) }),
          sites: [site],
          names: [name],
        });
    }
  }
  const byName = new Map<string, Candidate>();
  for (const each of found.values()) {
    const name = nameOf(each, wanted.agentClass);
    const key = `${name} ${each.module} ${each.builtBy}`;
    // A package may export by its name what is its default as well.
    const sites = [...(byName.get(key)?.sites ?? []), ...each.sites];
    byName.set(key, { ...each, name, sites, places: sites.length });
  }
  const all = [...byName.values()];
  return all
    .filter((each) => each.name === wanted.agentClass || !isBeside(each, all))
    .sort((a, b) => likelihood(b) - likelihood(a) || b.places - a.places || a.name.localeCompare(b.name))
    .map(({ declared: _declared, declaring: _declaring, sites: _sites, names: _names, ...client }) => client);

  function opened(each: string, text: string): Source | undefined {
    try {
      return openFile(path.resolve(each), text, DEFAULT_OPTIONS, project);
    } catch {
      return undefined; // The codemod will say so.
    }
  }
}

/** The name that was asked for, or else the one that most files use. */
function nameOf({ names }: Candidate, wanted: string | undefined): string {
  if (wanted !== undefined && names.includes(wanted)) return wanted;
  const uses = (name: string) => names.filter((each) => each === name).length;
  return names.reduce((most, each) => (uses(each) > uses(most) ? each : most));
}

/** Whether a candidate only works with another one, or is a part of one. */
function isBeside(each: Candidate, all: readonly Candidate[]): boolean {
  const others = all.filter(({ name }) => name !== each.name);
  if (each.declared && !CLIENT.test(each.name)) {
    const names = namesIn(each.declared);
    return others.some(
      (other) =>
        names.has(other.name) && (isClient(other) || (!other.declared && other.places >= each.places)),
    );
  }
  return others.some(
    (other) => other.declared && CLIENT.test(other.name) && each.sites.every((site) => isWithin(site, other)),
  );
}

function isClient({ name, builtBy }: Client): boolean {
  return CLIENT.test(name) || builtBy === 'function';
}

function namesIn(declared: NodePath<Class>): ReadonlySet<string> {
  const names = new Set<string>();
  declared.traverse({
    Identifier: ({ node }) => {
      names.add(node.name);
    },
  });
  return names;
}

/** Whether a place is one of a class's own code. */
function isWithin({ place, file }: Site, { declared, declaring }: Candidate): boolean {
  const at = place.node.start ?? 0;
  const { start, end } = declared?.node ?? {};
  return file === declaring && at >= (start ?? 0) && at < (end ?? 0);
}

function likelihood(client: Candidate): number {
  return LIKELY.test(client.name) || client.builtBy === 'function' || isWhatPackageIsFor(client) ? 1 : 0;
}

/** `Stripe` of `stripe`, `Octokit` of `@octokit/rest`: the class that a package is named after is what it is for. */
function isWhatPackageIsFor({ name, module, declared }: Candidate): boolean {
  const words = declared ? [] : module.toLowerCase().split('/');
  return words.some((word) => word.replaceAll(/\W/g, '').startsWith(name.toLowerCase()));
}

/** Whether a class is one of another package of the workspace, which is imported by the name of that. */
function isElsewhere(folder: string, { file, specifier }: BuiltClass): boolean {
  return /^@?\w/.test(specifier) && file !== undefined && path.relative(folder, file).startsWith('..');
}

function endOf(folder: string, target: string): string {
  const relative = path.relative(folder, target).split(path.sep).join('/');
  return moduleEnd(relative.replace(/^(\.\.\/)+/, ''));
}

/** Whether a file's text looks as if it built what is looked for. */
function mayBuild(text: string, { builtBy, agentClass }: Wanted): boolean {
  if (builtBy === undefined) return /\bnew\s+[\w$.]*[A-Z]|\w\(/.test(text);
  if (builtBy === 'new') return /\bnew\s+[\w$.]*[A-Z]/.test(text);
  return text.includes(builtBy === 'function' ? (agentClass ?? '') : builtBy);
}

interface Place {
  place: NodePath<Construction>;
  /** `new`, the name of a static method, or `function`. */
  by: string;
  built: BuiltClass;
}

/** What an alias leads to that nothing here explains may as well be the tree's own. */
function isOfPackage({ file, specifier }: BuiltClass, { project, path: own }: Source): boolean {
  return file === undefined && project?.isExplained(own, specifier) === true;
}

/** The places inside functions that build one, or may do so. */
function builtPlaces(source: Source, wanted: Wanted): Place[] {
  const found: Place[] = [];
  const note = (place: NodePath<Construction>, by: string, isMeant: (built: BuiltClass) => boolean) => {
    if (wanted.builtBy !== undefined && wanted.builtBy !== by) return;
    if (place.getFunctionParent() === null) return;
    const built = builtClass(place, source, by);
    if (built && (built.name === wanted.agentClass || isMeant(built))) found.push({ place, by, built });
  };
  const isNoValue = ({ name, isValue }: BuiltClass) => !isValue && !NO_CLIENT.test(name);
  source.program.traverse({
    NewExpression: (place) => note(place, 'new', isNoValue),
    CallExpression(place) {
      const asked = wanted.builtBy === undefined ? staticBuilder(place) : wanted.builtBy;
      // Of what nobody named, such as look like clients alone: records of a database are created, too.
      if (asked !== undefined && asked !== 'function')
        note(place, asked, (built) => (wanted.builtBy ? isNoValue(built) : LIKELY.test(built.name)));
      note(
        place,
        'function',
        (built) => isOfPackage(built, source) && looksLikeBuilder(place, built, source.text),
      );
    },
  });
  return found;
}

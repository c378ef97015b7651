import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type { CallExpression, NewExpression } from '@babel/types';
import { fileProject } from '../../../codemods/agent-cache/files/file-project.ts';
import { findSourceFiles } from '../../../codemods/agent-cache/files/find-source-files.ts';
import type { Source } from '../../../codemods/agent-cache/migration.ts';
import { DEFAULT_OPTIONS, moduleEnd } from '../../../codemods/agent-cache/options.ts';
import { openFile } from '../../../codemods/agent-cache/source/open-file.ts';
import { type BuiltClass, builtClass } from './built-class.ts';

/** A class that a tree builds inside its functions, over and over. */
export interface Client {
  name: string;
  /** The end of its module's path below the folder, or the name of its package. */
  module: string;
  /** How many places build it inside a function. */
  places: number;
}

/** What is looked for: what builds a client (`new` by default), and its name, where those are told. */
export interface Wanted {
  builtBy?: string | undefined;
  agentClass?: string | undefined;
}

/** Packages whose classes are made per request on purpose, and the library of the caches. */
const OTHERS = /^(agent-cache-tools|express|zod|prom-client|winston|jest|mocha|chai)(\/|$)/;
/** What a class of values, errors, messages or streams is called, rather than one that talks to another service. */
const NO_CLIENT =
  /(Error|Exception|Date|Decimal|BigNumber|Schema|Router|Event|EventEmitter|Emitter|Stream|Dto|DTO|Builder|Map|Set|Command|ObjectId|ObjectID|FormData|AbortController|DataLoader|LRUCache)$/;
/** What clients mostly are called. */
const LIKELY = /(Client|Agent|Api|API|Sdk|SDK|Connection|Gateway|Service)s?$/;

/**
 * The classes that the functions of a tree build, those first that are likely to be clients and are built most. One that
 * is imported by several ways, past barrels, is one.
 *
 * @throws UnreadablePathError when there is no such folder
 */
export function findClients(folder: string, { builtBy = 'new', agentClass }: Wanted = {}): Client[] {
  const project = fileProject(DEFAULT_OPTIONS);
  const found = new Map<string, Client>();
  for (const file of findSourceFiles([folder])) {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    if (builtBy === 'new' ? !/\bnew\s+[\w$.]*[A-Z]/.test(text) : !text.includes(wordOf(builtBy, agentClass)))
      continue;
    for (const { name, file: declaring, specifier, isValue } of builtIn(file, text, builtBy)) {
      const isNamed = name === agentClass;
      // Any function might be meant.
      if (!isNamed && (isValue || NO_CLIENT.test(name) || builtBy === 'function')) continue;
      const module = declaring === undefined ? specifier : endOf(folder, declaring);
      const key = `${name} ${module}`;
      found.set(key, { name, module, places: (found.get(key)?.places ?? 0) + 1 });
    }
  }
  return [...found.values()]
    .filter(({ module }) => !OTHERS.test(module) && !isBuiltin(module))
    .sort((a, b) => likelihood(b) - likelihood(a) || b.places - a.places || a.name.localeCompare(b.name));

  function builtIn(each: string, text: string, by: string): BuiltClass[] {
    const source = opened(each, text);
    return source === undefined
      ? []
      : builtPlaces(source, by).flatMap((place) => builtClass(place, source, by) ?? []);
  }

  function opened(each: string, text: string): Source | undefined {
    try {
      return openFile(path.resolve(each), text, DEFAULT_OPTIONS, project);
    } catch {
      return undefined; // The codemod will say so.
    }
  }
}

function likelihood({ name }: Client): number {
  return LIKELY.test(name) ? 1 : 0;
}

function endOf(folder: string, target: string): string {
  const relative = path.relative(folder, target).split(path.sep).join('/');
  return moduleEnd(relative.replace(/^(\.\.\/)+/, ''));
}

/** What a file has in its text that builds one so. */
function wordOf(builtBy: string, agentClass: string | undefined): string {
  return builtBy === 'function' ? (agentClass ?? '') : builtBy;
}

/** The places inside functions that may build one. */
function builtPlaces({ program }: Source, builtBy: string): NodePath<NewExpression | CallExpression>[] {
  const built: NodePath<NewExpression | CallExpression>[] = [];
  const note = (place: NodePath<NewExpression | CallExpression>) => {
    if (place.getFunctionParent() !== null) built.push(place);
  };
  program.traverse(builtBy === 'new' ? { NewExpression: note } : { CallExpression: note });
  return built;
}

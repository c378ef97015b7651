import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type { CallExpression, File, NewExpression } from '@babel/types';
import { findSourceFiles } from '../../codemods/agent-cache/files/find-source-files.ts';
import { parseSource } from '../../codemods/agent-cache/source/parse.ts';
import { traverse } from '../../codemods/agent-cache/source/traverse.ts';
import { fileProject } from '../../codemods/agent-cache/files/file-project.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';

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
/** What a class of values, errors or streams is called, rather than one that talks to another service. */
const NO_CLIENT = /(Error|Exception|Date|Decimal|Schema|Router|Event|Stream|Dto|DTO|Builder|Map|Set)$/;
/** What clients mostly are called. */
const LIKELY = /(Client|Agent|Api|API|Sdk|SDK|Connection|Gateway|Service)$/;

/**
 * The classes that the functions of a tree build, those first that are likely to be clients and are built most.
 *
 * @throws UnreadablePathError when there is no such folder
 */
export function findClients(folder: string, { builtBy = 'new', agentClass }: Wanted = {}): Client[] {
  const project = fileProject(DEFAULT_OPTIONS);
  const found = new Map<string, Client>();
  for (const file of findSourceFiles([folder])) {
    const text = readFileSync(file, 'utf8');
    if (builtBy === 'new' ? !/\bnew\s+[\w$.]*[A-Z]/.test(text) : !text.includes(wordOf(builtBy, agentClass)))
      continue;
    for (const { name, specifier } of builtIn(file, text, builtBy)) {
      // Any function might be meant.
      if (builtBy === 'function' && name !== agentClass) continue;
      const target = specifier.startsWith('.') ? project.resolve(path.resolve(file), specifier) : undefined;
      const module = target === undefined ? specifier : endOf(folder, target);
      const key = `${name} ${module}`;
      found.set(key, { name, module, places: (found.get(key)?.places ?? 0) + 1 });
    }
  }
  return [...found.values()]
    .filter(({ name, module }) => !NO_CLIENT.test(name) && !OTHERS.test(module) && !isBuiltin(module))
    .sort((a, b) => likelihood(b) - likelihood(a) || b.places - a.places || a.name.localeCompare(b.name));
}

function likelihood({ name }: Client): number {
  return LIKELY.test(name) ? 1 : 0;
}

function endOf(folder: string, target: string): string {
  const relative = path.relative(folder, target).split(path.sep).join('/');
  return relative.replace(/\.[cm]?[jt]sx?$/, '').replace(/^(\.\.\/)+/, '');
}

/** What a file has in its text that builds one so. */
function wordOf(builtBy: string, agentClass: string | undefined): string {
  return builtBy === 'function' ? (agentClass ?? '') : builtBy;
}

function* builtIn(
  file: string,
  text: string,
  builtBy: string,
): Iterable<{ name: string; specifier: string }> {
  const tree = parsed(file, text);
  if (tree === undefined) return;
  const built: NodePath<NewExpression | CallExpression>[] = [];
  const note = (place: NodePath<NewExpression | CallExpression>) => {
    if (place.getFunctionParent() !== null) built.push(place);
  };
  traverse(tree, builtBy === 'new' ? { NewExpression: note } : { CallExpression: note });
  for (const place of built) {
    const local = builderOf(place.node, builtBy);
    const specifier = local === undefined ? undefined : moduleOf(place, local);
    if (specifier !== undefined) yield specifier;
  }
}

/** The name that a place builds by: of a class, or of a function. */
function builderOf({ callee }: NewExpression | CallExpression, builtBy: string): string | undefined {
  if (builtBy === 'new' || builtBy === 'function')
    return callee.type === 'Identifier' ? callee.name : undefined;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type !== 'Identifier')
    return undefined;
  return callee.property.type === 'Identifier' && callee.property.name === builtBy
    ? callee.object.name
    : undefined;
}

function parsed(file: string, text: string): File | undefined {
  try {
    return parseSource(file, text);
  } catch {
    return undefined; // The codemod will say so.
  }
}

/** The module and the exported name behind a local one, imported or required. */
function moduleOf(place: NodePath, local: string): { name: string; specifier: string } | undefined {
  const binding = place.scope.getBinding(local);
  const declared = binding?.path;
  const parent = declared?.parent;
  if (declared?.isImportSpecifier() && parent?.type === 'ImportDeclaration') {
    const { imported } = declared.node;
    return {
      name: imported.type === 'Identifier' ? imported.name : imported.value,
      specifier: parent.source.value,
    };
  }
  if (declared?.isImportDefaultSpecifier() && parent?.type === 'ImportDeclaration')
    return { name: local, specifier: parent.source.value };
  if (!declared?.isVariableDeclarator()) return undefined;
  const { init } = declared.node;
  const isRequired =
    init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'require';
  const [argument] = isRequired ? init.arguments : [];
  return argument?.type === 'StringLiteral' ? { name: local, specifier: argument.value } : undefined;
}

import type { Node } from '@babel/types';
import { madeBy, type OwnerKind } from './makers.ts';
import type { ModuleNames } from './module-facts.ts';

const SERVER_NAME = /(?:app|server|fastify)$/i;
const OWNER_NAME = /(?:app|router|routes?|server|fastify)$/i;
/** What clients of HTTP are called as well. */
const DOUBTFUL_NAME = /api$/i;

/** Whether something is called like what routes hang on. */
export function hasOwnerName(name: string): boolean {
  return OWNER_NAME.test(name) || DOUBTFUL_NAME.test(name);
}

/** Finds out what a name of a module is, or that it makes clients of HTTP. */
export type ImportedOwner = (specifier: string, name: string) => OwnerKind | 'client' | 'other' | undefined;

/**
 * What a name stands for, by what made it; by what it is called only where that cannot be seen.
 *
 * @param handles whether it is given a function that handles requests, and not only something by its name
 */
export function kindOfOwner(
  name: string,
  names: ModuleNames,
  imported: ImportedOwner,
  handles: boolean,
): OwnerKind | undefined {
  if (name.startsWith('@') || name.startsWith('=')) return 'unknown';
  if (isOwnClient(name, names, imported)) return undefined;
  const byName = (): OwnerKind | undefined => {
    if (OWNER_NAME.test(name)) return SERVER_NAME.test(name) ? 'server' : 'unknown';
    return DOUBTFUL_NAME.test(name) && handles ? 'unknown' : undefined;
  };
  const init = names.constants.get(name);
  if (init !== undefined) {
    const made = madeBy(init);
    if (made !== undefined) return made;
    if (init.type !== 'CallExpression' && init.type !== 'NewExpression') return byName();
    const maker = rootName(init.callee);
    const from = names.imports.get(maker);
    const isOwn = names.functions.has(maker) || (from !== undefined && /^[.#@~]/.test(from.specifier));
    // What a package makes is its own: axios.create(), supertest(app).
    return isOwn ? byName() : undefined;
  }
  const source = names.imports.get(name);
  if (source === undefined) return byName();
  const kind = imported(source.specifier, source.name);
  if (kind === 'other' || kind === 'client') return undefined;
  if (kind !== undefined) return kind;
  return /^[.#~]|^@\//.test(source.specifier) ? byName() : undefined;
}

/** Whether something is made by a class of the tree, or a function, that sends requests. */
function isOwnClient(name: string, names: ModuleNames, imported: ImportedOwner): boolean {
  const { clients, constants, imports } = names;
  const init = constants.get(name);
  const isMade = init?.type === 'CallExpression' || init?.type === 'NewExpression';
  const maker = isMade ? rootName(init.callee) : init ? undefined : clients.madeWith.get(name);
  if (maker === undefined) return false;
  const from = imports.get(maker);
  return from === undefined ? clients.makers.has(maker) : imported(from.specifier, from.name) === 'client';
}

function rootName(node: Node): string {
  if (node.type === 'MemberExpression') return rootName(node.object);
  return node.type === 'Identifier' ? node.name : '';
}

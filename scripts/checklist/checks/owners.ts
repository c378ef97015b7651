import type { Node } from '@babel/types';
import { makerIn } from './made-values.ts';
import { madeBy, type OwnerKind, ownerNamed } from './makers.ts';
import type { ModuleNames } from './module-facts.ts';

const SERVER_NAME = /(?:app|server|fastify)$/i;

/** Finds out what a name of a module is, or that it makes clients of HTTP. */
export type ImportedOwner = (specifier: string, name: string) => OwnerKind | 'client' | 'other' | undefined;

/** What routes may hang on, where it stands. */
interface Owner {
  name: string;
  node: Node;
  /** Whether it is given a function that handles requests, and not only something by its name. */
  handles: boolean;
}

/** What a name stands for, by what made it; by what it is called only where that cannot be seen. */
export function kindOfOwner(
  { name, node, handles }: Owner,
  names: ModuleNames,
  imported: ImportedOwner,
): OwnerKind | undefined {
  if (name.startsWith('@') || name.startsWith('=')) return 'unknown';
  const byName = (): OwnerKind | undefined => {
    const isNamed = ownerNamed(name);
    if (isNamed === true) return SERVER_NAME.test(name) ? 'server' : 'unknown';
    return isNamed === 'perhaps' && handles ? 'unknown' : undefined;
  };
  const { clients, constants, imports } = names;
  const makesClients = (maker: string | undefined) => isMakerOfClients(maker, names, imported);
  const standing = clients.standing.get(node);
  if (makesClients(standing)) return undefined;
  const init = constants.get(name);
  const isClient = init ? clients.objects.has(init) || makesClients(makerIn(init)) : false;
  // A parameter has the name of a client beside it.
  if (isClient) return standing === undefined ? undefined : byName();
  if (!init && standing === undefined && makesClients(clients.madeWith.get(name))) return undefined;
  if (init !== undefined) {
    const made = madeBy(init);
    if (made !== undefined) return made;
    const maker = init.type === 'CallExpression' || init.type === 'NewExpression' ? makerIn(init) : undefined;
    if (maker === undefined) return byName();
    const from = imports.get(maker);
    const isOwn = names.functions.has(maker) || (from !== undefined && /^[.#@~]/.test(from.specifier));
    // What a package makes is its own: axios.create(), supertest(app).
    return isOwn ? byName() : undefined;
  }
  const source = imports.get(name);
  if (source === undefined) return byName();
  const kind = imported(source.specifier, source.name);
  if (kind === 'other' || kind === 'client') return undefined;
  if (kind !== undefined) return kind;
  return /^[.#~]|^@\//.test(source.specifier) ? byName() : undefined;
}

/** Whether a class of the tree, or a function, makes what is no router by its verbs. */
function isMakerOfClients(
  maker: string | undefined,
  { clients, imports }: ModuleNames,
  imported: ImportedOwner,
): boolean {
  const seen = new Set<string>();
  let name = maker;
  while (name !== undefined && name !== '' && !seen.has(name)) {
    seen.add(name);
    const from = imports.get(name);
    if (from !== undefined) return imported(from.specifier, from.name) === 'client';
    if (clients.makers.has(name)) return true;
    name = clients.gives.get(name);
  }
  return false;
}

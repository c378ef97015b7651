import type { LoadedName } from './module-facts.ts';
import type { ModuleFacts, MountFact } from './facts.ts';
import type { SourceIndex } from './source-index.ts';
import { areCalled } from './called-functions.ts';
import { escapeRegExp } from '../../../codemods/agent-cache/source/escape-reg-exp.ts';
import { madeBy } from './makers.ts';
import { UNTOLD } from './route-reader.ts';

/** A router variable of a file. */
interface Place {
  file: string;
  owner: string;
}

interface Edge {
  from: Place;
  prefix: string;
}

/** The routes of a tree under their whole paths, as `GET /users/:`. */
export function routeTable(index: SourceIndex): Set<string> {
  const edges = findEdges(index);
  const unseen = unseenPrefixes(index);
  const rootOf = ({ file, owner }: Place) => {
    // A router answers below what mounts it; where something is mounted that nobody can see, it may be that.
    const kind = index.module(file)?.owners.get(owner);
    if (kind === 'plugin') return [];
    return kind === 'router' ? unseen : [''];
  };
  const table = new Set<string>();
  for (const file of index.files) {
    const facts = index.module(file);
    for (const { method, path, owner, within } of facts?.routes ?? []) {
      if (isForgotten(owner, facts) || !areCalled(index, file, within)) continue;
      for (const prefix of prefixesOf({ file, owner }, edges, rootOf, new Set())) {
        table.add(`${method} ${normalizeRoute(`${prefix}/${path}`)}`);
      }
    }
  }
  return table;
}

/** Whether it is a server that nobody starts, and nobody else gets. */
function isForgotten(owner: string, facts: ModuleFacts | undefined): boolean {
  const made = facts?.constants.get(owner);
  return made !== undefined && madeBy(made) === 'server' && facts?.served.has(owner) === false;
}

/** The first file that mounts a folder which the source does not name; undefined where none does. */
export function mountsUntoldFolder(index: SourceIndex): string | undefined {
  return index.files.find((file) =>
    index.module(file)?.mounts.some(({ folder }) => folder !== undefined && folder.path === undefined),
  );
}

/** The paths below which something is mounted of which no source says what it is; with `UNTOLD` for what nothing tells. */
function unseenPrefixes(index: SourceIndex): string[] {
  const found = new Set<string>();
  if (mountsUntoldFolder(index) !== undefined) found.add(UNTOLD);
  for (const file of index.files) {
    const facts = index.module(file);
    for (const mount of facts?.mounts ?? []) {
      // `app.use(all[i].path, all[i].router)`
      const isOneOfMany = mount.prefix === UNTOLD && placesOf(index, file, facts, mount).length === 0;
      if (isOneOfMany || isUnknown(mount, facts)) found.add(mount.prefix);
    }
  }
  return [...found];
}

/** Whether the source does not say what is mounted: a name of a loop, a parameter. */
function isUnknown({ targets, owner }: MountFact, facts: ModuleFacts | undefined): boolean {
  if (facts === undefined || owner === '') return false;
  const { imports, constants, functions } = facts;
  return targets.some(
    (target) =>
      !('loaded' in target) &&
      target.file === undefined &&
      !/@|^=/.test(target.name) &&
      !imports.has(target.name) &&
      !constants.has(target.name) &&
      !functions.has(target.name) &&
      !GLOBALS.has(target.name),
  );
}

/** Names that trees which are cut short use without saying where they are from. */
const GLOBALS = new Set(['express', 'cors', 'helmet']);

/** Whether a table answers `GET /users/:id`; the names of parameters do not matter. */
export function hasRoute(table: ReadonlySet<string>, target: string): boolean {
  const [method = '', path = ''] = target.split(' ');
  const route = normalizeRoute(path);
  return [method, 'ALL', ...(method === 'HEAD' ? ['GET'] : [])].some((verb) => table.has(`${verb} ${route}`));
}

/** Whether a route may be the one that is asked for, of whose path the source does not tell all. */
export function mayHaveRoute(table: ReadonlySet<string>, target: string): boolean {
  const [method = '', path = ''] = target.split(' ');
  const route = normalizeRoute(path);
  return [...table].some((each) => {
    const [verb = '', shown = ''] = each.split(' ');
    if (!shown.includes(UNTOLD) || (verb !== method && verb !== 'ALL')) return false;
    const parts = shown.split(UNTOLD).map((part) => escapeRegExp(part.replace(/^\/|\/$/g, '')));
    return new RegExp(`^/?${parts.join('.*')}/?$`).test(route);
  });
}

function normalizeRoute(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  return `/${segments.map((segment) => segment.replace(/^(?::\w+|\{\w+\}).*$/, ':')).join('/')}`;
}

function findEdges(index: SourceIndex): Map<string, Edge[]> {
  const edges = new Map<string, Edge[]>();
  for (const file of index.files) {
    const facts = index.module(file);
    for (const mount of facts?.mounts ?? []) {
      if (isForgotten(mount.owner, facts) || !areCalled(index, file, mount.within)) continue;
      const from = { file, owner: mount.owner };
      const add = (place: Place, prefix: string) =>
        edges.set(keyOf(place), [...(edges.get(keyOf(place)) ?? []), { from, prefix }]);
      for (const place of placesOf(index, file, facts, mount)) add(place, mount.prefix);
      for (const each of mount.folder ? index.filesOf(mount.folder) : [])
        for (const place of each.file === file ? [] : placesOfFile(index, each.file, 'default'))
          add(place, `${mount.prefix}/${each.prefix}`);
    }
  }
  return edges;
}

function placesOf(
  index: SourceIndex,
  file: string,
  facts: ModuleFacts | undefined,
  mount: MountFact,
): Place[] {
  return mount.targets.flatMap((target): Place[] => {
    if ('loaded' in target) return placesOfImport(index, file, target);
    const { name } = target;
    if (target.file !== undefined && target.file !== file)
      return placesOf(index, target.file, index.module(target.file), {
        ...mount,
        owner: '',
        targets: [{ name }],
      });
    if (ownersOf(facts).has(name)) return name === mount.owner ? [] : [{ file, owner: name }];
    const imported = facts?.imports.get(name);
    if (imported !== undefined) return placesOfImport(index, file, imported);
    if (facts?.functions.has(name) !== true && facts?.constants.has(name) !== true) return [];
    return topPlaces(index, file, new Set()).filter((place) => place.owner !== mount.owner);
  });
}

/** The router that a module exports under a name; those that it hands out at all where that is not seen. */
function placesOfImport(index: SourceIndex, from: string, { specifier, name }: LoadedName): Place[] {
  const file = index.resolve(from, specifier);
  return file === undefined ? [] : placesOfFile(index, file, name === '*' ? 'default' : name);
}

function placesOfFile(index: SourceIndex, file: string, name: string): Place[] {
  const facts = index.module(file);
  if (facts === undefined) return [];
  const exported = facts.exports.get(name);
  const owners = ownersOf(facts);
  if (exported !== undefined && 'local' in exported && owners.has(exported.local))
    return [{ file, owner: exported.local }];
  if (exported !== undefined && 'node' in exported && owners.has('=default'))
    return [{ file, owner: '=default' }];
  return topPlaces(index, file, new Set());
}

/** The routers that a module hands out: those that it does not hang below another of its own. */
function topPlaces(index: SourceIndex, file: string | undefined, seen: Set<string>): Place[] {
  if (file === undefined || seen.has(file)) return [];
  seen.add(file);
  const facts = index.module(file);
  const below = new Set(
    facts?.mounts.flatMap(({ targets }) => targets.flatMap((each) => ('loaded' in each ? [] : each.name))),
  );
  const own = [...ownersOf(facts)].filter((owner) => !below.has(owner)).map((owner) => ({ file, owner }));
  const handedOn = facts?.reexports.flatMap((specifier) =>
    topPlaces(index, index.resolve(file, specifier), seen),
  );
  return [...own, ...(handedOn ?? [])];
}

function ownersOf(facts: ModuleFacts | undefined): Set<string> {
  const mounting = facts?.mounts.map(({ owner }) => owner).filter((owner) => owner !== '') ?? [];
  return new Set([...(facts?.routes.map(({ owner }) => owner) ?? []), ...mounting]);
}

/** Every path below which a router answers, up to what nothing mounts. */
function prefixesOf(
  place: Place,
  edges: Map<string, Edge[]>,
  rootOf: (place: Place) => string[],
  above: ReadonlySet<string>,
): string[] {
  const key = keyOf(place);
  const incoming = above.has(key) ? [] : (edges.get(key) ?? []);
  if (incoming.length === 0) return rootOf(place);
  const path = new Set([...above, key]);
  return incoming.flatMap(({ from, prefix }) =>
    (from.owner === '' ? [''] : prefixesOf(from, edges, rootOf, path)).map((outer) => `${outer}/${prefix}`),
  );
}

function keyOf({ file, owner }: Place): string {
  return `${file}\n${owner}`;
}

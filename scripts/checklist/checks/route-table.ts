import type { ModuleFacts, MountFact } from './read-module.ts';
import type { SourceIndex } from './source-index.ts';

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
  const table = new Set<string>();
  for (const file of index.files) {
    for (const { method, path, owner } of index.module(file)?.routes ?? []) {
      for (const prefix of prefixesOf({ file, owner }, edges, new Set())) {
        table.add(`${method} ${normalizeRoute(`${prefix}/${path}`)}`);
      }
    }
  }
  return table;
}

/** Whether a table answers `GET /users/:id`; the names of parameters do not matter. */
export function hasRoute(table: ReadonlySet<string>, target: string): boolean {
  const [method = '', path = ''] = target.split(' ');
  const route = normalizeRoute(path);
  return [method, 'ALL', ...(method === 'HEAD' ? ['GET'] : [])].some((verb) => table.has(`${verb} ${route}`));
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
      const from = { file, owner: mount.owner };
      for (const place of placesOf(index, file, facts, mount)) {
        const known = edges.get(keyOf(place)) ?? [];
        edges.set(keyOf(place), [...known, { from, prefix: mount.prefix }]);
      }
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
    if (ownersOf(facts).has(target)) return target === mount.owner ? [] : [{ file, owner: target }];
    const imported = facts?.imports.get(target);
    if (imported !== undefined) return topPlaces(index, index.resolve(file, imported.specifier), new Set());
    if (facts?.functions.has(target) !== true && facts?.constants.has(target) !== true) return [];
    return topPlaces(index, file, new Set()).filter((place) => place.owner !== mount.owner);
  });
}

/** The routers that a module hands out: those that it does not hang below another of its own. */
function topPlaces(index: SourceIndex, file: string | undefined, seen: Set<string>): Place[] {
  if (file === undefined || seen.has(file)) return [];
  seen.add(file);
  const facts = index.module(file);
  const below = new Set(facts?.mounts.flatMap(({ targets }) => targets));
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

/** Every path below which a router answers; its own root when nothing mounts it. */
function prefixesOf(place: Place, edges: Map<string, Edge[]>, above: ReadonlySet<string>): string[] {
  const key = keyOf(place);
  const incoming = above.has(key) ? [] : (edges.get(key) ?? []);
  if (incoming.length === 0) return [''];
  const path = new Set([...above, key]);
  return incoming.flatMap(({ from, prefix }) =>
    prefixesOf(from, edges, path).map((outer) => `${outer}/${prefix}`),
  );
}

function keyOf({ file, owner }: Place): string {
  return `${file}\n${owner}`;
}

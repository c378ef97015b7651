import type { NodePath } from '@babel/traverse';
import type { Judged, Migration, RemoteFactory, Surveyed } from '../../migration.ts';
import { countOfWord } from '../../source/names.ts';
import { type CacheImport, existingCacheImports, WHOLE_MODULE } from '../../survey/modules/cache-imports.ts';
import { lateExport } from './late-names.ts';
import { importExample } from '../../survey/modules/import-example.ts';

/**
 * The expression by which the code at a place can use an export of the cache module. A name that is not there yet, or
 * that means something else at the place, is noted, so that it is imported at the end.
 */
export function cacheExport(migration: Migration, exported: string, place: NodePath): string {
  const existing = existingCacheImports(migration);
  for (const present of existing) {
    const { name } = present.binding.identifier;
    if (present.typeOnly || place.scope.getBinding(name) !== present.binding) continue;
    if (present.exported === exported) return inUse(migration, present);
    if (present.exported === WHOLE_MODULE) return `${name}.${exported}`;
  }
  const late = lateExport(migration, exported, place, () => freeName(migration, namesFor(exported)));
  if (late !== undefined) return late;
  // `import x = require('…')` has no names in braces, and its file may be one in which no other import is allowed.
  const isEquals = importExample(migration)?.statement.isTSImportEqualsDeclaration();
  if (!isEquals || existing.some((present) => present.exported !== WHOLE_MODULE))
    return imported(migration, exported, namesFor(exported));
  return `${imported(migration, WHOLE_MODULE, ['agentCache', 'sharedAgentCache'])}.${exported}`;
}

/** The name of an export of the cache module at the top of the file, where no member of something else will do. */
export function cacheName(migration: Migration, exported: string): string {
  const present = existingCacheImports(migration).find(
    (each) => !each.typeOnly && each.exported === exported,
  );
  return present ? inUse(migration, present) : imported(migration, exported, namesFor(exported));
}

/** The name of an import that the new code uses, and that has to stay where calls by it are rewritten. */
function inUse({ remoteFactories, keptImports }: Surveyed, { binding }: CacheImport): string {
  for (const remote of remoteFactories)
    if (remote.import.binding === binding) keptImports.add(remote.import.binding);
  return binding.identifier.name;
}

type Candidates = readonly [string, ...string[]];

function namesFor(exported: string): Candidates {
  const bare = exported.replace(/^get(?=[A-Z])/, '');
  return [exported, `getCached${bare}`, `getShared${bare}`];
}

function imported(migration: Migration, exported: string, candidates: Candidates): string {
  const name = migration.cacheNames.get(exported) ?? freeName(migration, candidates);
  migration.cacheNames.set(exported, name);
  return name;
}

function freeName(migration: Judged, candidates: Candidates): string {
  const found = candidates.find((name) => isFree(migration, name));
  if (found) return found;
  for (let number = 2; ; number++) {
    const name = `${candidates[0]}${number}`;
    if (isFree(migration, name)) return name;
  }
}

/** Whether nothing in the file has the name, apart from factories that go and imports of such. */
export function isFree(migration: Judged, name: string): boolean {
  if (countOfWord(migration.text, name) === 0) return true;
  const going = migration.factories.filter(
    (factory) => factory.name === name && (factory.fate === 'remove' || factory.fate === 'reexport'),
  );
  const imported = migration.remoteFactories.filter(
    (remote) => remote.import.binding.identifier.name === name && isGoing(remote, migration),
  );
  return (migration.names().declared.get(name) ?? 0) <= going.length + imported.length;
}

/** Whether every use of an imported factory is rewritten to one of the cache, so that its import goes. */
function isGoing(remote: RemoteFactory, { sites, keptImports }: Judged): boolean {
  const { exported, calls, passed } = remote;
  if (exported.guarded || exported.cached || exported.takesApart || keptImports.has(remote.import.binding))
    return false;
  if (sites.some((site) => site.remote === remote && site.plan?.form === 'manual')) return false;
  return remote.import.binding.referencePaths.length === calls.length + passed.length;
}

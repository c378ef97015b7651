import type { NodePath } from '@babel/traverse';
import type { Migration } from '../migration.ts';
import { countOfWord } from '../source/names.ts';
import { existingCacheImports } from './cache-imports.ts';

/**
 * The expression by which the code at a place can use an export of the cache module. A name that is not there yet, or
 * that means something else at the place, is noted, so that it is imported at the end.
 */
export function cacheExport(migration: Migration, exported: string, place: NodePath): string {
  const known = migration.cacheNames.get(exported);
  if (known) return known;
  for (const present of existingCacheImports(migration)) {
    const { name } = present.binding.identifier;
    if (present.typeOnly || place.scope.getBinding(name) !== present.binding) continue;
    if (present.exported === exported) return name;
    if (present.exported === '*') return `${name}.${exported}`;
  }
  const name = freeName(migration, exported);
  migration.cacheNames.set(exported, name);
  return name;
}

function freeName(migration: Migration, exported: string): string {
  const bare = exported.replace(/^get(?=[A-Z])/, '');
  const candidates = [exported, `getCached${bare}`, `getShared${bare}`];
  for (let number = 2; ; number++) {
    const found = candidates.find((name) => isFree(migration, name));
    if (found) return found;
    candidates.splice(0, candidates.length, `${exported}${number}`);
  }
}

/** Whether nothing in the file has the name, apart from factories that go. */
export function isFree(migration: Migration, name: string): boolean {
  if (countOfWord(migration.text, name) === 0) return true;
  const going = migration.factories.filter(
    (factory) => factory.name === name && (factory.fate === 'remove' || factory.fate === 'reexport'),
  );
  return (migration.names().declared.get(name) ?? 0) <= going.length;
}

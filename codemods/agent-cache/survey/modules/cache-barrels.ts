import type { Source } from '../../migration.ts';
import type { Exports } from '../code/exported-paths.ts';
import { BarrelExports } from './barrel-exports.ts';
import { isCacheModule } from './module-paths.ts';

/** The cache module's exports that another module hands on: the path there, and the export's own name. */
type CacheExports = Exports<string>;

const barrels = new BarrelExports<string>();

/** The export of the cache module that a name of another module is, such as that of a barrel; undefined for others. */
export function exportBehind(specifier: string, name: string, migration: Source): string | undefined {
  const { factory, provider } = migration.options;
  // Other names would cost a look into nearly every module that a file imports.
  return name === factory || name === provider ? exportsOf(specifier, migration).get(name) : undefined;
}

function exportsOf(specifier: string, migration: Source): CacheExports {
  const { options, project, path } = migration;
  if (isCacheModule(specifier, migration))
    return new Map([options.factory, options.provider].map((name) => [name, name]));
  const file = project?.resolve(path, specifier);
  return file === undefined ? new Map() : barrels.of(file, migration, exportsOf);
}

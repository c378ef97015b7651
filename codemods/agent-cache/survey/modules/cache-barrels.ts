import { keyedGetter } from '../../options.ts';
import type { Source } from '../../migration.ts';
import type { Exports } from '../code/exported-paths.ts';
import { BarrelExports } from './barrel-exports.ts';
import { isCacheModule } from './module-paths.ts';

/** The cache module's exports that another module hands on: the path there, and the export's own name. */
type CacheExports = Exports<string>;

const barrels = new BarrelExports<string>({ values: true });

/** The export of the cache module that a name of another module is, such as that of a barrel; undefined for others. */
export function exportBehind(specifier: string, name: string, source: Source): string | undefined {
  // Other names would cost a look into nearly every module that a file imports.
  return gettersOf(source).includes(name) ? exportsOf(specifier, source).get(name) : undefined;
}

function gettersOf({ options }: Source): string[] {
  return [options.factory, options.provider, keyedGetter(options)];
}

function exportsOf(specifier: string, source: Source): CacheExports {
  const { project, path } = source;
  if (isCacheModule(specifier, source)) return new Map(gettersOf(source).map((name) => [name, name]));
  const file = project?.resolve(path, specifier);
  return file === undefined ? new Map() : barrels.of(file, source, exportsOf);
}

import type { Source } from '../../migration.ts';
import type { Exports } from '../code/exported-paths.ts';
import { BarrelExports } from './barrel-exports.ts';
import { isCacheModule } from './module-paths.ts';

/** The cache module's exports that another module hands on: the path there, and the export's own name. */
type CacheExports = Exports<string>;

const barrels = new BarrelExports<string>({ values: true });

/** The export of the cache module that a name of another module is, such as that of a barrel; undefined for others. */
export function exportBehind(specifier: string, name: string, source: Source): string | undefined {
  const { factory, provider } = source.options;
  // Other names would cost a look into nearly every module that a file imports.
  return name === factory || name === provider ? exportsOf(specifier, source).get(name) : undefined;
}

function exportsOf(specifier: string, source: Source): CacheExports {
  const { options, project, path } = source;
  if (isCacheModule(specifier, source))
    return new Map([options.factory, options.provider].map((name) => [name, name]));
  const file = project?.resolve(path, specifier);
  return file === undefined ? new Map() : barrels.of(file, source, exportsOf);
}

import type { Migration } from '../../migration.ts';
import { openFile } from '../../open-file.ts';
import type { Project } from '../../project.ts';
import { parsedSource } from '../../source/parse.ts';
import type { Exports } from '../code/exported-paths.ts';
import { handedOn } from '../modules/handed-on.ts';
import { KnownExports } from '../modules/known-exports.ts';
import { HANDS_ON, mayHandOn } from '../modules/may-hand-on.ts';
import { isCacheModule } from '../modules/module-paths.ts';

/** The cache module's exports that another module hands on: the path there, and the export's own name. */
type CacheExports = Exports<string>;

const NONE: CacheExports = new Map();
const known = new WeakMap<Project, KnownExports<string>>();

/** The export of the cache module that a name of another module is, such as that of a barrel; undefined for others. */
export function exportBehind(specifier: string, name: string, migration: Migration): string | undefined {
  const { factory, provider } = migration.options;
  // Other names would cost a look into nearly every module that a file imports.
  return name === factory || name === provider ? exportsOf(specifier, migration).get(name) : undefined;
}

function exportsOf(specifier: string, migration: Migration): CacheExports {
  const { options, project, path } = migration;
  if (isCacheModule(specifier, migration))
    return new Map([options.factory, options.provider].map((name) => [name, name]));
  const file = project?.resolve(path, specifier);
  if (!project || file === undefined || file.includes('/node_modules/')) return NONE;
  const files = known.get(project) ?? new KnownExports<string>();
  known.set(project, files);
  return files.of(file, () => {
    const text = project.read(file)?.replace(/^\uFEFF/, '');
    if (text === undefined || !HANDS_ON.test(text)) return NONE;
    try {
      if (!mayHandOn(parsedSource(file, text).program)) return NONE;
      const barrel = openFile(file, text, options, project);
      return handedOn(barrel, (each) => exportsOf(each, barrel));
    } catch {
      return NONE;
    }
  });
}

import type { ExportedFactory, Factory, Migration } from '../../migration.ts';
import { openFile } from '../../source/open-file.ts';
import type { CodemodOptions } from '../../options.ts';
import { findAgentBindings } from '../modules/find-agent-bindings.ts';
import { findConstructions } from '../modules/find-constructions.ts';
import { findFactories, findFactoriesOfImported } from './find-factories.ts';
import { type FactoriesOf, findCallsOfImported } from './imported-factories.ts';
import type { Project } from '../../project.ts';
import { parsedSource } from '../../source/parse.ts';
import { existingCacheImports } from '../modules/cache-imports.ts';
import type { Exports } from '../code/exported-paths.ts';
import { exportNamesOf } from '../code/exports.ts';
import { asImportedByDefault, handedOn, isCommonJs } from '../modules/re-exports.ts';
import { KnownExports } from '../modules/known-exports.ts';
import { mayExportFactory } from './may-export-factory.ts';
import { HANDS_ON, mayHandOn } from '../modules/may-re-export.ts';
import { isCacheModule } from '../modules/module-paths.ts';

export type FactoryExports = Exports<ExportedFactory>;

const known = new WeakMap<Project, KnownExports<ExportedFactory>>();
/** It may hand on what a factory of another file builds. */
const CALLS =
  /(?:=>|\breturn)\s*\(?\s*(?:await\s+)?[\w.]+\(\)|=\s*(?:await\s+)?[\w.]+\(\)[^;\r\n]*;?\s*return\s+\w/;
const NONE: FactoryExports = new Map();

/** The factories that a file exports, by path; re-exports of other files' factories included. */
export function exportedFactories(file: string, project: Project, options: CodemodOptions): FactoryExports {
  const files = known.get(project) ?? new KnownExports<ExportedFactory>();
  known.set(project, files);
  return files.of(file, (announce) => readExports(file, project, options, announce));
}

function readExports(
  file: string,
  project: Project,
  options: CodemodOptions,
  announce: (own: FactoryExports) => void,
): FactoryExports {
  const text = project.read(file);
  if (text === undefined || file.includes('/node_modules/') || !/\bexports?\b/.test(text)) return NONE;
  if (project.isCacheFile(file)) return NONE;
  const mayHold = [options.agentClass, options.factory, options.provider].some((name) => text.includes(name));
  if (!mayHold && !CALLS.test(text) && !HANDS_ON.test(text)) return NONE;
  try {
    const source = text.replace(/^\uFEFF/, '');
    const { program } = parsedSource(file, source);
    const isBuilder = mayExportFactory(program, source);
    if (!isBuilder && !mayHandOn(program)) return NONE;
    const migration = openFile(file, source, options, project);
    const factoriesOf = (other: string) => exportedFactories(other, project, options);
    const own = isBuilder ? ownExports(migration, factoriesOf, announce) : NONE;
    return new Map([...reExports(migration, project, options), ...own]);
  } catch {
    return NONE;
  }
}

function ownExports(
  migration: Migration,
  factoriesOf: FactoriesOf,
  announce: (own: FactoryExports) => void,
): FactoryExports {
  findAgentBindings(migration);
  findConstructions(migration);
  findFactories(migration);
  const fresh: Migration = { ...migration, factories: [], constructions: [] };
  findFactories(fresh, cacheCalls(migration));
  const cached = fresh.factories.map((factory) => ({ factory, cached: true }));
  const all = () => {
    const built = migration.factories.map((factory) => ({ factory, cached: false }));
    return asExports(migration, [...built, ...cached]);
  };
  announce(all());
  findCallsOfImported(migration, factoriesOf);
  findFactoriesOfImported(migration);
  return all();
}

function asExports(
  migration: Migration,
  factories: readonly { factory: Factory; cached: boolean }[],
): FactoryExports {
  const found = factories.flatMap(({ factory, cached }) =>
    exportNamesOf(factory).map((name): [string, ExportedFactory] => [
      name,
      {
        file: migration.path,
        declared: factory.name,
        async: factory.async,
        takesApart: factory.takesApart,
        mapsFailure: factory.guard !== undefined || factory.over?.mapsFailure === true,
        guarded: Boolean(factory.guard ?? factory.over ?? factory.member) || cached || migration.isTask,
        cached,
      },
    ]),
  );
  return isCommonJs(migration.program.node) ? asImportedByDefault(new Map(found)) : new Map(found);
}

function cacheCalls(migration: Migration) {
  const imports = existingCacheImports(migration).filter(
    ({ exported }) => exported === migration.options.factory,
  );
  return imports.flatMap(({ binding }) =>
    binding.referencePaths.flatMap(({ parentPath, key }) =>
      parentPath?.isCallExpression() && key === 'callee' ? [parentPath] : [],
    ),
  );
}

function reExports(migration: Migration, project: Project, options: CodemodOptions): FactoryExports {
  const { path } = migration;
  return handedOn<ExportedFactory>(migration, (specifier) => {
    if (isCacheModule(specifier, migration)) {
      const cached = {
        file: path,
        declared: options.factory,
        async: true,
        guarded: false,
        takesApart: false,
        mapsFailure: false,
        cached: true,
      };
      return new Map([[options.factory, cached]]);
    }
    const target = project.resolve(path, specifier);
    return target ? exportedFactories(target, project, options) : NONE;
  });
}

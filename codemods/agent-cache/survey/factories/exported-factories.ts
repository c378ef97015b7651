import type { ExportedFactory, Factory, Source, Surveyed } from '../../migration.ts';
import { openFile } from '../../source/open-file.ts';
import type { CodemodOptions } from '../../options.ts';
import { findFactories, findFactoriesOfImported } from './find-factories.ts';
import { findCallsOfImported } from './imported-factories.ts';
import { findOwn } from './own-findings.ts';
import { importedModules } from '../../source/imported-modules.ts';
import type { Project } from '../../project.ts';
import { sourcesOf } from '../../source/sources.ts';
import { existingCacheImports } from '../modules/cache-imports.ts';
import type { Exports } from '../code/exported-paths.ts';
import { exportNamesOf } from '../code/exports.ts';
import { asImportedByDefault, handedOn, isCommonJs } from '../modules/re-exports.ts';
import { KnownExports, type ReadExports } from '../modules/known-exports.ts';
import { mayExportFactory } from './may-export-factory.ts';
import { HANDS_ON, mayHandOn } from '../modules/may-re-export.ts';
import { isCacheModule } from '../modules/module-paths.ts';
import { callAt } from '../code/call-at.ts';

export type FactoryExports = Exports<ExportedFactory>;

/** The factories of a project, and each description of one once: those that are alike are the same. */
class Factories {
  readonly known: KnownExports<ExportedFactory>;
  readonly #described = new Map<string, ExportedFactory>();

  constructor(project: Project, options: CodemodOptions) {
    this.known = new KnownExports((file) => readerOf(file, project, options));
  }

  described(factory: ExportedFactory): ExportedFactory {
    const key = JSON.stringify(factory);
    const present = this.#described.get(key) ?? factory;
    this.#described.set(key, present);
    return present;
  }
}

const known = new WeakMap<Project, Factories>();

function factoriesIn(project: Project, options: CodemodOptions): Factories {
  const present = known.get(project) ?? new Factories(project, options);
  known.set(project, present);
  return present;
}

/** It may hand on what a factory of another file builds. */
const CALLS =
  /(?:=>|\breturn)\s*\(?\s*(?:await\s+)?[\w.]+\(\)|=\s*(?:await\s+)?[\w.]+\(\)[^;\r\n]*;?\s*return\s+\w/;
/** A module that is loaded by a constant's name. */
const LOADS_BY_NAME = /\b(?:require|import)\s*\(\s*[^'"`\s)]/;
const NONE: FactoryExports = new Map();
const nothing = () => NONE;

/** The factories that a file exports, by path; re-exports of other files' factories included. */
export function exportedFactories(file: string, project: Project, options: CodemodOptions): FactoryExports {
  return factoriesIn(project, options).known.of(file);
}

function readerOf(file: string, project: Project, options: CodemodOptions): ReadExports<ExportedFactory> {
  const text = project.read(file);
  if (text === undefined || file.includes('/node_modules/') || !/\bexports?\b/.test(text)) return nothing;
  if (project.isCacheFile(file)) return nothing;
  const mayHold = [options.agentClass, options.factory, options.provider].some((name) => text.includes(name));
  if (!mayHold && !CALLS.test(text) && !HANDS_ON.test(text)) return nothing;
  const source = text.replace(/^\uFEFF/, '');
  let read: ReadExports<ExportedFactory> | undefined;
  return () => {
    // What neither names the agent nor imports a factory need not be parsed.
    if (!mayHold && !importsFactories(file, source, project, options)) return NONE;
    read ??= parsedReader(file, source, project, options);
    return read();
  };
}

function importsFactories(file: string, text: string, project: Project, options: CodemodOptions): boolean {
  // Which module that is, only the syntax tells.
  if (LOADS_BY_NAME.test(text)) return true;
  const view = { path: file, text, project, options };
  // Each is asked, so that this one is read again where any of them turns out to have factories.
  const found = [...new Set(importedModules(text))].map((specifier) => {
    if (isCacheModule(specifier, view)) return true;
    const target = project.resolve(file, specifier);
    return target !== undefined && exportedFactories(target, project, options).size > 0;
  });
  return found.includes(true);
}

function parsedReader(
  file: string,
  source: string,
  project: Project,
  options: CodemodOptions,
): ReadExports<ExportedFactory> {
  try {
    const { program } = sourcesOf(project).tree(file, source);
    const isBuilder = mayExportFactory(program, source);
    if (!isBuilder && !mayHandOn(program)) return nothing;
    const migration = openFile(file, source, options, project);
    const own = isBuilder ? ownReader(migration, project) : nothing;
    return () => new Map([...reExports(migration, project), ...own()]);
  } catch {
    return nothing;
  }
}

function ownReader(migration: Surveyed, project: Project): ReadExports<ExportedFactory> {
  const { options } = migration;
  findOwn(migration);
  const ofCache: Surveyed = { ...migration, factories: [], constructions: [] };
  findFactories(ofCache, cacheCalls(migration));
  const cached = ofCache.factories.map((factory) => ({ factory, cached: true }));
  const factoriesOf = (other: string) => exportedFactories(other, project, options);
  return () => {
    const all: Surveyed = {
      ...migration,
      factories: [...migration.factories],
      remoteFactories: [],
      keptImports: new Set(),
    };
    findCallsOfImported(all, factoriesOf);
    findFactoriesOfImported(all);
    const built = all.factories.map((factory) => ({ factory, cached: false }));
    return asExports(migration, project, [...built, ...cached]);
  };
}

function asExports(
  source: Source,
  project: Project,
  factories: readonly { factory: Factory; cached: boolean }[],
): FactoryExports {
  const all = factoriesIn(project, source.options);
  const found = factories.flatMap(({ factory, cached }) =>
    exportNamesOf(factory).map((name): [string, ExportedFactory] => [
      name,
      all.described({
        file: source.path,
        declared: factory.name,
        async: factory.async,
        takesApart: factory.takesApart,
        mapsFailure: factory.guard !== undefined || factory.over?.mapsFailure === true,
        guarded:
          Boolean(factory.guard ?? factory.over ?? factory.member ?? factory.memo) || cached || source.isTask,
        cached,
        keeps: factory.memo !== undefined,
      }),
    ]),
  );
  return isCommonJs(source.program.node) ? asImportedByDefault(new Map(found)) : new Map(found);
}

function cacheCalls(source: Source) {
  const imports = existingCacheImports(source).filter(({ exported }) => exported === source.options.factory);
  return imports.flatMap(({ binding }) =>
    binding.referencePaths.flatMap((reference) => callAt(reference) ?? []),
  );
}

function reExports(source: Source, project: Project): FactoryExports {
  const { path, options } = source;
  return handedOn<ExportedFactory>(source, (specifier) => {
    if (isCacheModule(specifier, source)) {
      const cached = factoriesIn(project, options).described({
        file: path,
        declared: options.factory,
        async: true,
        guarded: false,
        takesApart: false,
        mapsFailure: false,
        cached: true,
        keeps: false,
      });
      return new Map([[options.factory, cached]]);
    }
    const target = project.resolve(path, specifier);
    return target ? exportedFactories(target, project, options) : NONE;
  });
}

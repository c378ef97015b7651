import type { Migration } from '../migration.ts';
import { openFile } from '../open-file.ts';
import type { CodemodOptions } from '../options.ts';
import { findAgentBindings } from '../passes/find-agent-bindings.ts';
import { findConstructions } from '../passes/find-constructions.ts';
import { findFactories, findFactoriesOfImported } from '../passes/find-factories.ts';
import { findRemoteFactories } from '../passes/find-remote-factories.ts';
import type { Project } from '../project.ts';
import { parsedSource } from '../source/parse.ts';
import { existingCacheImports } from './cache-imports.ts';
import { exportNamesOf } from './exports.ts';
import { mayExportFactory } from './may-export-factory.ts';
import { isCacheModule } from './module-paths.ts';

/** A factory as other files see it. */
export interface ExportedFactory {
  /** The file that declares it. */
  file: string;
  /** Its name there. */
  declared: string;
  /** It gives a promise, or will once its own file is migrated. */
  async: boolean;
  /** It maps its failure, so that its importers have to go on calling it. */
  guarded: boolean;
  /** It gives the cached agent already. */
  cached: boolean;
}

type Exports = ReadonlyMap<string, ExportedFactory>;

const known = new WeakMap<Project, Map<string, Exports>>();
/** `=> make()`, `return make();`: it may hand on what a factory of another file builds. */
const RETURNS_A_CALL = /(?:=>|\breturn)\s*\(?\s*(?:await\s+)?[\w.]+\(\)\s*[;)}\r\n]/;
const NONE: Exports = new Map();

/** The factories that a file exports, by name; re-exports of other files' factories included. */
export function exportedFactories(file: string, project: Project, options: CodemodOptions): Exports {
  const files = known.get(project) ?? new Map<string, Exports>();
  known.set(project, files);
  const present = files.get(file);
  if (present) return present;
  files.set(file, NONE);
  const found = readExports(file, project, options);
  files.set(file, found);
  return found;
}

function readExports(file: string, project: Project, options: CodemodOptions): Exports {
  const text = project.read(file);
  if (text === undefined || project.isCacheFile(file) || !/\bexport|\bexports\b/.test(text)) return NONE;
  const mayHold = [options.agentClass, options.factory, options.provider].some((name) => text.includes(name));
  if (!mayHold && !RETURNS_A_CALL.test(text) && !/\bexport\s*[*{][^;]*\bfrom\b/.test(text)) return NONE;
  try {
    const source = text.replace(/^\uFEFF/, '');
    if (!mayExportFactory(parsedSource(file, source).program, source)) return NONE;
    const migration = openFile(file, source, options, project);
    return new Map([...reExports(migration, project, options), ...ownExports(migration)]);
  } catch {
    return NONE;
  }
}

function ownExports(migration: Migration): [string, ExportedFactory][] {
  findAgentBindings(migration);
  findConstructions(migration);
  findFactories(migration);
  findRemoteFactories(migration);
  findFactoriesOfImported(migration);
  const built = migration.factories.map((factory) => ({ factory, cached: false }));
  const fresh: Migration = { ...migration, factories: [], constructions: [] };
  findFactories(fresh, cacheCalls(migration));
  const cached = fresh.factories.map((factory) => ({ factory, cached: true }));
  return [...built, ...cached].flatMap(({ factory, cached: isCached }) =>
    exportNamesOf(factory).map((name): [string, ExportedFactory] => [
      name,
      {
        file: migration.path,
        declared: factory.name,
        async: factory.async,
        guarded: factory.guard !== undefined || isCached || migration.isTask,
        cached: isCached,
      },
    ]),
  );
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

function reExports(
  migration: Migration,
  project: Project,
  options: CodemodOptions,
): [string, ExportedFactory][] {
  return migration.program.node.body.flatMap((statement): [string, ExportedFactory][] => {
    if (statement.type !== 'ExportAllDeclaration' && statement.type !== 'ExportNamedDeclaration') return [];
    const module = statement.source?.value;
    if (module === undefined) return [];
    const isCache = isCacheModule(module, migration);
    const target = isCache ? undefined : project.resolve(migration.path, module);
    const theirs = target ? exportedFactories(target, project, options) : NONE;
    if (statement.type === 'ExportAllDeclaration') return [...theirs].filter(([name]) => name !== 'default');
    return statement.specifiers.flatMap((specifier): [string, ExportedFactory][] => {
      if (specifier.type !== 'ExportSpecifier') return [];
      const { exported, local } = specifier;
      const name = exported.type === 'Identifier' ? exported.name : exported.value;
      if (isCache && local.name === options.factory) {
        return [[name, { file: migration.path, declared: name, async: true, guarded: false, cached: true }]];
      }
      const their = theirs.get(local.name);
      return their ? [[name, their]] : [];
    });
  });
}

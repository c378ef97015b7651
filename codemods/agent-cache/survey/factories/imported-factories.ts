import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { ExportedFactory, RemoteFactory, Source, Surveyed } from '../../migration.ts';
import { soleDeclarator } from '../code/declarations.ts';
import { type Exports, joinPaths, partAt } from '../code/exported-paths.ts';
import { isMember, propertyName } from '../code/members.ts';
import { consumesPromise } from '../functions/callers.ts';
import { type ModuleHolder, moduleHolders, namesTheRest } from '../modules/module-holders.ts';
import { isCacheModule } from '../modules/module-paths.ts';
import { type ModuleUse, usesOf } from '../modules/module-uses.ts';

export type FactoryUse = ModuleUse<ExportedFactory>;

/** The factories that another file exports. */
export type FactoriesOf = (file: string) => Exports<ExportedFactory>;

/** What the file does with the factories that it has from others, by what holds them. */
export function* importedFactoryUses(
  source: Source,
  factoriesOf: FactoriesOf,
): Iterable<{ holder: ModuleHolder; uses: FactoryUse[] }> {
  for (const holder of moduleHolders(source)) {
    const part = partAt(factoriesAt(holder.specifier, source, factoriesOf), holder.path);
    if (part.size === 0) continue;
    const uses = holder.opaque
      ? valuesAt(holder, part)
      : holder.expressions.flatMap((each) => usesOf(each, part));
    yield { holder, uses };
  }
}

function factoriesAt(specifier: string, source: Source, factoriesOf: FactoriesOf): Exports<ExportedFactory> {
  const { project, path } = source;
  if (!project || isCacheModule(specifier, source)) return new Map();
  const file = project.resolve(path, specifier);
  return file === undefined ? new Map() : factoriesOf(file);
}

function valuesAt({ expressions }: ModuleHolder, part: Exports<ExportedFactory>): FactoryUse[] {
  return expressions.flatMap((at) =>
    [...new Set(part.values())].map((value): FactoryUse => ({ form: 'value', value, at })),
  );
}

/** Notes the uses of an import that matter, by the factory and by the part of the import's name that stands for it. */
export function noteFactoryUses(
  migration: Surveyed,
  own: NonNullable<ModuleHolder['import']>,
  uses: readonly FactoryUse[],
  matters: (use: Exclude<FactoryUse, { form: 'export' }>) => boolean,
): void {
  const remotes = new Map<string, RemoteFactory>();
  const remoteOf = (exported: ExportedFactory, rest: string): RemoteFactory => {
    const holds = rest === '' ? 'class' : 'namespace';
    const remote = remotes.get(rest) ?? { import: { ...own, holds }, exported, calls: [], passed: [] };
    remotes.set(rest, remote);
    return remote;
  };
  for (const use of uses) {
    if (use.form === 'export' || !matters(use)) continue;
    if (use.form === 'call') remoteOf(use.value, use.rest).calls.push(use.at);
    else remoteOf(use.value, restOf(use.at)).passed.push(use.at);
  }
  for (const remote of remotes.values()) {
    migration.remoteFactories.push(remote);
    if (namesTheRest(own.binding)) migration.keptImports.add(remote.import.binding);
  }
}

/** The part of the import's name that stands for a factory which is given by it. */
function restOf(at: NodePath): string {
  if (!isMember(at)) return '';
  const outer = restOf(at.get('object') as NodePath);
  return joinPaths(outer, propertyName(at.node) ?? '');
}

/** Finds the calls of other files' factories that are used as if they gave the agent itself. */
export function findCallsOfImported(migration: Surveyed, factoriesOf: FactoriesOf): void {
  for (const { holder, uses } of importedFactoryUses(migration, factoriesOf)) {
    if (holder.import)
      noteFactoryUses(migration, holder.import, uses, (use) => use.form === 'call' && givesAgent(use));
  }
}

/** Whether what a call gives is the agent to those who use it, and no promise. */
export function givesAgent({ value, at }: FactoryUse & { form: 'call' }): boolean {
  return !(value.async || value.cached) || isUsedAtOnce(at);
}

/** Whether a call's promise is used as if it were the agent: its factory was migrated before its importers. */
function isUsedAtOnce(call: NodePath<t.CallExpression>): boolean {
  if (consumesPromise(call)) return false;
  if (call.parentPath.isMemberExpression() && call.key === 'object') return true;
  const declaration = soleDeclarator(call);
  if (!declaration || call.parentPath.isAwaitExpression()) return false;
  const uses = declaration.declarator.scope.getBinding(declaration.id.name)?.referencePaths ?? [];
  const isPromise = (use: NodePath) => consumesPromise(use) || !use.parentPath?.isMemberExpression();
  return uses.length > 0 && !uses.some(isPromise);
}

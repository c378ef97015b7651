import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { followAgent } from '../analysis/flow/agent-flow.ts';
import { planPastAwait } from '../analysis/plans/past-await-plan.ts';
import { placementOf } from '../analysis/code/placement.ts';
import { cacheProblem } from '../analysis/cache/cache-problem.ts';
import { consumesPromise } from '../analysis/functions/callers.ts';
import { soleDeclarator } from '../analysis/code/declarations.ts';
import { type ExportedFactory, exportedFactories } from '../analysis/factories/exported-factories.ts';
import { type Exports, joinPaths, partAt } from '../analysis/code/exported-paths.ts';
import { givenFactoryProblem, isGivenArguments } from '../analysis/passed-factories/given-factory.ts';
import { isMember, propertyName } from '../analysis/code/members.ts';
import { type ModuleHolder, moduleHolders, namesTheRest } from '../analysis/modules/module-holders.ts';
import { isCacheModule } from '../analysis/modules/module-paths.ts';
import { type ModuleUse, usesOf } from '../analysis/modules/module-uses.ts';
import type { Migration, RemoteFactory } from '../migration.ts';

type FactoryUse = ModuleUse<ExportedFactory>;

/** Finds the factories that the file has from others, the places that call them, and those that do something else. */
export function findRemoteFactories(migration: Migration): void {
  for (const holder of moduleHolders(migration)) {
    const part = partAt(factoriesOf(holder.specifier, migration), holder.path);
    if (part.size === 0) continue;
    const uses = holder.opaque
      ? valuesAt(holder, part)
      : holder.expressions.flatMap((each) => usesOf(each, part));
    if (holder.import) addUses(migration, holder.import, uses);
    for (const use of uses) {
      if (use.form === 'export' || (use.form === 'call' && holder.import)) continue;
      // What gives a promise already may go anywhere.
      const isPromised = use.value.async || use.value.cached;
      if (!isPromised && !isAwaitedByName(use, holder, migration))
        migration.factoryValues.push({ exported: use.value, reference: use.at });
    }
  }
  if (migration.remoteFactories.some(({ passed }) => passed.length > 0) && cacheProblem(migration))
    leavePassed(migration);
}

/** Without a cache to take the agent from, nothing can be written in the place of a factory. */
function leavePassed({ remoteFactories, factoryValues }: Migration): void {
  for (const { exported, passed } of remoteFactories)
    for (const reference of passed.splice(0)) factoryValues.push({ exported, reference });
}

/** Whether a factory is given to what awaits its agent. */
function isAwaitedByName(use: FactoryUse, holder: ModuleHolder, migration: Migration): boolean {
  if (use.form !== 'value' || givenFactoryProblem({ value: use.at, async: false }, migration)) return false;
  return !hasToBeWrapped(use, migration) || holder.import !== undefined;
}

/** Whether what a factory is given to would hand an argument to the cache's own function, which takes its place. */
function hasToBeWrapped({ value, at }: FactoryUse & { form: 'value' }, migration: Migration): boolean {
  return !value.guarded && !value.cached && isGivenArguments(at, migration);
}

function mayBeWrapped(use: FactoryUse & { form: 'value' }, migration: Migration): boolean {
  if (!hasToBeWrapped(use, migration)) return false;
  return !givenFactoryProblem({ value: use.at, async: use.value.async }, migration);
}

/** The part of the import's name that stands for a factory which is given by it. */
function restOf(at: NodePath): string {
  if (!isMember(at)) return '';
  const outer = restOf(at.get('object') as NodePath);
  return joinPaths(outer, propertyName(at.node) ?? '');
}

function factoriesOf(specifier: string, migration: Migration): Exports<ExportedFactory> {
  const { project, path, options } = migration;
  if (!project || isCacheModule(specifier, migration)) return new Map();
  const file = project.resolve(path, specifier);
  return file === undefined ? new Map() : exportedFactories(file, project, options);
}

function valuesAt({ expressions }: ModuleHolder, part: Exports<ExportedFactory>): FactoryUse[] {
  return expressions.flatMap((at) =>
    [...new Set(part.values())].map((value): FactoryUse => ({ form: 'value', value, at })),
  );
}

/** The calls, and what has to be wrapped, by the factory and by the part of the import's name that stands for it. */
function addUses(
  migration: Migration,
  own: NonNullable<ModuleHolder['import']>,
  uses: readonly FactoryUse[],
): void {
  const remotes = new Map<string, RemoteFactory>();
  const remoteOf = (exported: ExportedFactory, rest: string): RemoteFactory => {
    const holds = rest === '' ? 'class' : 'namespace';
    const remote = remotes.get(rest) ?? { import: { ...own, holds }, exported, calls: [], passed: [] };
    remotes.set(rest, remote);
    return remote;
  };
  for (const use of uses) {
    if (use.form === 'value' && mayBeWrapped(use, migration))
      remoteOf(use.value, restOf(use.at)).passed.push(use.at);
    if (use.form !== 'call') continue;
    const { value: exported, rest, at } = use;
    const isPromised = exported.async || exported.cached;
    if (isPromised && !isUsedAtOnce(at) && (exported.cached || canStay(at, exported, migration))) continue;
    remoteOf(exported, rest).calls.push(at);
  }
  for (const remote of remotes.values()) {
    migration.remoteFactories.push(remote);
    if (namesTheRest(own.binding)) migration.keptImports.add(remote.import);
  }
}

/** Whether the call of an async factory may get the cached agent as it is: nothing treats that as its own. */
function canStay(call: NodePath, { mapsFailure }: ExportedFactory, migration: Migration): boolean {
  const placement = placementOf(call);
  if ('problem' in placement) return true;
  const flow = followAgent(call, migration);
  if (flow.problem) return false;
  return mapsFailure || planPastAwait(call, placement.fn, flow, migration) === undefined;
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

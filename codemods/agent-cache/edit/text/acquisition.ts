import type { NodePath } from '@babel/traverse';
import type { Migration, Site } from '../../migration.ts';
import { textOf } from '../../source/edit.ts';
import { cacheExport } from './cache-names.ts';

/** The expression that gives a promise of the cached agent, without anything declared before it. */
export function inlineAcquisition(migration: Migration, place: NodePath): string {
  if (!migration.isTask) return `${cacheExport(migration, migration.options.factory, place)}()`;
  return `${providerCall(migration, place)}.getAgent()`;
}

/** The expression that gives a task its provider. */
export function providerCall(migration: Migration, place: NodePath): string {
  const { provider, taskTtl } = migration.options;
  return `${cacheExport(migration, provider, place)}({ cacheTtl: ${taskTtl} })`;
}

/** A name for the provider that nothing at the place has yet, the providers of the edits included. */
export function freeProviderName(migration: Migration, place: NodePath): string {
  const candidates = ['provider', 'agentProvider', 'cachedAgentProvider'];
  const taken = new Set(
    migration.providers.flatMap(({ name, before }) => (before.scope === place.scope ? [name] : [])),
  );
  const found = candidates.find((name) => !place.scope.hasBinding(name) && !taken.has(name));
  if (found) return found;
  for (let number = 2; ; number++) {
    const name = `agentProvider${number}`;
    if (!migration.names().declared.has(name) && !taken.has(name)) return name;
  }
}

/** The place's own call, where its factory stays and gives the cached agent; undefined where the cache is asked. */
export function keptCall(migration: Migration, { expression, factory, remote }: Site): string | undefined {
  // What is called as `exports.make()` is called so for tests, which may put something in its place.
  const isExport = factory?.fate === 'reexport' && expression.node.callee.type === 'MemberExpression';
  if (remote?.exported.guarded) migration.keptImports.add(remote.import);
  else if (factory?.fate !== 'wrap' && !isExport) return undefined;
  return textOf(migration, expression.node);
}

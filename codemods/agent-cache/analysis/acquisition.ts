import type { NodePath } from '@babel/traverse';
import type { Migration } from '../migration.ts';
import { cacheExport } from './cache-names.ts';

/** The expression that gives a promise of the cached agent, without anything declared before it. */
export function inlineAcquisition(migration: Migration): string {
  if (!migration.isTask) return `${cacheExport(migration, migration.options.factory)}()`;
  return `${providerCall(migration)}.getAgent()`;
}

/** The expression that gives a task its provider. */
export function providerCall(migration: Migration): string {
  const { provider, taskTtl } = migration.options;
  return `${cacheExport(migration, provider)}({ cacheTtl: ${taskTtl} })`;
}

/** A name for the provider that nothing at the place has yet. */
export function freeProviderName(migration: Migration, place: NodePath): string {
  const candidates = ['provider', 'agentProvider', 'cachedAgentProvider'];
  const found = candidates.find((name) => !place.scope.hasBinding(name));
  if (found) return found;
  for (let number = 2; ; number++) {
    if (!migration.declaredNames.has(`agentProvider${number}`)) return `agentProvider${number}`;
  }
}

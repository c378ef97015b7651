import type { Judged } from '../../migration.ts';
import { callsOf } from './find-factories.ts';

/** Finds the places that get an agent: constructions outside of factories, and calls of factories. */
export function findSites(migration: Judged): void {
  const { constructions, factories, sites } = migration;
  const sources = new Set(factories.map(({ source }) => source.node));
  for (const expression of constructions) {
    if (sources.has(expression.node)) continue;
    sites.push({ kind: 'construction', expression, factory: undefined, remote: undefined, plan: undefined });
  }
  for (const factory of factories) {
    for (const expression of callsOf(factory)) {
      if (sources.has(expression.node)) continue;
      sites.push({ kind: 'factory-call', expression, factory, remote: undefined, plan: undefined });
    }
  }
  for (const remote of migration.remoteFactories) {
    for (const expression of remote.calls) {
      if (sources.has(expression.node)) continue;
      sites.push({ kind: 'factory-call', expression, factory: undefined, remote, plan: undefined });
    }
  }
  sites.sort((a, b) => (a.expression.node.start ?? 0) - (b.expression.node.start ?? 0));
}

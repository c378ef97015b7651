import type { Migration, Problem } from '../migration.ts';
import { importExample } from './import-example.ts';
import { cacheSpecifier } from './module-paths.ts';

/** Why nothing of a file can be rewired: its tree has no cache module. */
export function cacheProblem(migration: Migration): Problem | undefined {
  const example = importExample(migration)?.module.value;
  if (example === undefined || cacheSpecifier(example, migration) !== undefined) return undefined;
  return {
    reason: 'No cache module was found above this file.',
    hint: 'Name it with --cache-module, or write a starting one with --init.',
  };
}

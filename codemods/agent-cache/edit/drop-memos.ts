import type { Migration } from '../migration.ts';
import { dropKept, memoOfRewired } from './forms/replace-memo.ts';

/** Takes away what kept agents for the functions that give the shared one now. */
export function dropMemos(migration: Migration): void {
  const { factories, sites } = migration;
  const ofFactories = factories.flatMap(({ fate, memo }) => (memo && fate !== 'keep' ? memo : []));
  const ofPlaces = sites.flatMap((site) => memoOfRewired(site, migration) ?? []);
  dropKept(migration, [...ofFactories, ...ofPlaces]);
}

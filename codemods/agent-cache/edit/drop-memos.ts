import { givesAtOnce } from '../survey/modules/getter-kind.ts';
import { memoAround } from '../survey/factories/own-memo.ts';
import type { Migration } from '../migration.ts';
import { dropKept } from './forms/replace-memo.ts';

/** Takes away what kept agents for the functions that give the shared one now. */
export function dropMemos(migration: Migration): void {
  const { factories, sites } = migration;
  const ofFactories = factories.flatMap(({ fate, memo }) => (memo && fate !== 'keep' ? memo : []));
  const ofPlaces = sites.flatMap((site) => {
    const isRewired = site.plan?.form === 'promise' && givesAtOnce(migration, site.keyed);
    return (isRewired && memoAround(site.expression, migration)?.memo) || [];
  });
  dropKept(migration, [...ofFactories, ...ofPlaces]);
}

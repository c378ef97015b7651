import type { Surveyed } from '../../migration.ts';
import { keptWith } from '../../source/kept-with.ts';
import { findAgentBindings } from '../modules/find-agent-bindings.ts';
import { findConstructions } from '../modules/find-constructions.ts';
import { findFactories } from './find-factories.ts';

/** Finds what the file has by itself: names of the agent's class, constructions of it, and factories made of those. */
export function findOwn(migration: Surveyed): void {
  const found = keptWith(migration.program, 'own findings', () => {
    const own: Surveyed = {
      ...migration,
      agentBindings: [],
      constructions: [],
      lateConstructions: [],
      factories: [],
      keptImports: new Set(),
    };
    for (const find of [findAgentBindings, findConstructions, findFactories]) find(own);
    return own;
  });
  migration.agentBindings.push(...found.agentBindings);
  migration.constructions.push(...found.constructions);
  migration.lateConstructions.push(...found.lateConstructions);
  migration.factories.push(...found.factories.map((factory) => ({ ...factory })));
  for (const each of found.keptImports) migration.keptImports.add(each);
}

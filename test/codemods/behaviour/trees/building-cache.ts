import { BUILDING_CACHE } from '../support/fake-agent.ts';
import { isFull, type Tree } from '../support/tree.ts';

/** They throw at once where a promise of the agent can only be rejected, or are left beside such a cache. */
const OTHERS = [
  'failures of chains',
  'helpers that become async in a try',
  'checks of shared state that follow the agent',
  // What runs beside a constructor that throws had no handler before.
  'promises that run beside the agent',
];

/**
 * The trees whose answers differ when the constructor throws, because the agent is acquired further down than it was
 * built: beside a cache whose creation only builds they differ in nothing.
 */
export function besideBuildingCache(trees: readonly Tree[]): Tree[] {
  return trees
    .filter(
      ({ failures, flavour, name }) =>
        !flavour && failures?.join() === 'none,connect' && !OTHERS.includes(name),
    )
    .filter(isFull)
    .map((tree) => ({
      ...tree,
      name: `${tree.name} beside a cache that only builds`,
      files: {
        ...tree.files,
        'utils/agent-cache.ts': BUILDING_CACHE.replaceAll('%ext', '.ts'),
      },
      failures: ['none', 'construct', 'connect'],
    }));
}

import { createCache as createDedupeCache } from 'async-cache-dedupe';
import { createCache } from 'cache-manager';
import { LRUCache } from 'lru-cache';
import type { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import type { Contender } from './contender.ts';

const KEY = 'agent';

/** Each with whatever it has to keep callers from waiting: stale answers, refresh ahead. */
export const rivals: Contender[] = [
  {
    name: 'lru-cache fetch',
    async open(create, { ttl, staleFor }) {
      const cache = new LRUCache<string, FacebookAdsAgent>({
        max: 10,
        ttl: ttl * 1000,
        allowStale: staleFor > 0,
        allowStaleOnFetchRejection: staleFor > 0,
        fetchMethod: () => create(),
      });
      return { get: () => cache.fetch(KEY), close: () => cache.clear() };
    },
  },
  {
    name: 'async-cache-dedupe',
    async open(create, { ttl, staleFor }) {
      const cache = createDedupeCache({ ttl, stale: staleFor, storage: { type: 'memory' } });
      const defined = cache.define(KEY, (_args: object) => create());
      return { get: () => defined[KEY]({}), close: () => {} };
    },
  },
  {
    name: 'cache-manager',
    async open(create, { ttl }) {
      const cache = createCache({ ttl: ttl * 1000, refreshThreshold: ttl * 200 });
      return { get: () => cache.wrap(KEY, create), close: () => {} };
    },
  },
];

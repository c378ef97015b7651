import type { Store } from 'express-rate-limit';
import type { RedisSettings } from '../config.ts';
import { registerSecret } from '../observability/logger.ts';
import type { Stores } from '../stores/stores.ts';
import type { CreateAgent } from '../utils/agent-cache.ts';
import { watchEvictionPolicy } from './eviction-policy.ts';
import { InvalidationChannel } from './invalidation-channel.ts';
import { FleetRateLimitStore } from './rate-limit-store.ts';
import { RedisLink } from './redis-link.ts';
import { createRedisStores } from './redis-stores.ts';
import { SessionStore } from './session-store.ts';
import { shareSessions } from './share-sessions.ts';

/** This process as one of many that meet in Redis. */
export interface Fleet {
  link: RedisLink;
  invalidations: InvalidationChannel;
  stores: Stores;
  createRateLimitStore: (name: string) => Store;
  /** @param ttl for how long a session serves, seconds */
  shareSessions: (create: CreateAgent, ttl: number) => CreateAgent;
  /** Connects; returns at once, and needs no success. */
  start(): void;
  /** Closes the connections. */
  stop(): void;
}

/**
 * Opens nothing yet.
 * @param onInvalidate hears what other processes invalidate
 */
export function createFleet(settings: RedisSettings, onInvalidate: () => void): Fleet {
  for (const secret of secretsIn(settings.url)) registerSecret(secret);
  const link = new RedisLink(settings);
  const invalidations = new InvalidationChannel(link, settings, onInvalidate);
  return {
    link,
    invalidations,
    stores: createRedisStores(link),
    createRateLimitStore: (name) => new FleetRateLimitStore(link, name),
    shareSessions: (create, ttl) =>
      shareSessions(create, new SessionStore(link), { ttl, settled: () => invalidations.settled() }),
    start() {
      link.start();
      invalidations.start();
      watchEvictionPolicy(link);
    },
    stop() {
      invalidations.stop();
      link.stop();
    },
  };
}

function secretsIn(url: string): string[] {
  const { password } = new URL(url);
  return password === '' ? [] : [password, decodeURIComponent(password)];
}

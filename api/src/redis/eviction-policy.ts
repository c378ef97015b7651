import type { Redis } from 'ioredis';
import { logger } from '../observability/logger.ts';
import type { RedisLink } from './redis-link.ts';
import { showEviction } from './redis-metrics.ts';

const SAFE = 'noeviction';

/** Says, each time that Redis becomes available, whether it may drop what it should keep when it is full. */
export function watchEvictionPolicy(link: RedisLink): void {
  let told: string | undefined;
  link.onUp(() => {
    void readPolicy(link).then((policy) => {
      if (policy === undefined) return;
      showEviction(policy !== SAFE);
      if (policy !== SAFE && policy !== told) {
        logger.warn(
          `Redis may drop keys when it is full: its maxmemory-policy is ${policy}; set it to ${SAFE}`,
        );
      }
      told = policy;
    });
  });
}

/** Undefined where nobody may ask. */
async function readPolicy(link: RedisLink): Promise<string | undefined> {
  try {
    // Allowed where reading the configuration is not.
    const memory = await link.run('eviction-policy', (redis: Redis) => redis.info('memory'));
    return /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  } catch {
    return undefined;
  }
}

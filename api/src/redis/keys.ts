/**
 * Every name in Redis that this service uses; docs/redis.md describes them. The part in braces is
 * the hash tag: what one script touches lives in one slot of a Redis Cluster.
 */
export interface RedisKeys {
  /** String: changes with every invalidation, and is another one in another life of Redis. */
  invalidationToken: string;
  /** Pub/sub channel that carries each new token. */
  invalidationChannel: string;
  /** Hash: a validated session of the credentials with this digest. */
  session: (digest: string) => string;
  /** String: who validates those credentials now. */
  sessionLock: (digest: string) => string;
  /** Sorted set: the records of one key of a log, by time. */
  records: (log: string, key: string) => string;
  /** Sorted set: the keys of a log, by the time of their last record. */
  recordKeys: (log: string) => string;
  /** Begins the counters of one rate limit. */
  rateLimit: (name: string) => string;
  /** String: whether something that must happen once has happened. */
  once: (what: string) => string;
  /** String: written to see whether Redis takes writes. */
  heartbeat: string;
  /** Begins all that BullMQ keeps. */
  queue: string;
}

export function createRedisKeys(prefix: string): RedisKeys {
  const agent = `${prefix}:{agent}`;
  return {
    invalidationToken: `${agent}:invalidation`,
    invalidationChannel: `${agent}:invalidations`,
    session: (digest) => `${agent}:session:${digest}`,
    sessionLock: (digest) => `${agent}:lock:${digest}`,
    records: (log, key) => `${prefix}:{${log}}:records:${key}`,
    recordKeys: (log) => `${prefix}:{${log}}:keys`,
    rateLimit: (name) => `${prefix}:limit:${name}:`,
    once: (what) => `${prefix}:once:${what}`,
    heartbeat: `${prefix}:heartbeat`,
    queue: `${prefix}:{queue}`,
  };
}

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
  /** Sorted set: the keys of a log, by the bytes of their records. */
  recordSizes: (log: string) => string;
  /** String: the bytes of all records of a log. */
  recordTotal: (log: string) => string;
  /** Hash: the documents of one kind, by key. */
  documents: (kind: string) => string;
  /** Hash: the snapshot of one day. */
  snapshotDay: (day: string) => string;
  /** Sorted set: the days that have one. */
  snapshotDays: string;
  /** Begins the counters of one rate limit. */
  rateLimit: (name: string) => string;
  /** String: whether something that must happen once has happened. */
  once: (what: string) => string;
  /** String: written to see whether Redis takes writes. */
  heartbeat: string;
  /** Begins all that BullMQ keeps. */
  queue: string;
}

/** @param database number of the one in use: channels know none, so that they must be told apart */
export function createRedisKeys(prefix: string, database = 0): RedisKeys {
  const agent = `${prefix}:{agent}`;
  return {
    invalidationToken: `${agent}:invalidation`,
    invalidationChannel: `${agent}:invalidations${database === 0 ? '' : `:${database}`}`,
    session: (digest) => `${agent}:session:${digest}`,
    sessionLock: (digest) => `${agent}:lock:${digest}`,
    records: (log, key) => `${prefix}:{${log}}:records:${key}`,
    recordKeys: (log) => `${prefix}:{${log}}:keys`,
    recordSizes: (log) => `${prefix}:{${log}}:sizes`,
    recordTotal: (log) => `${prefix}:{${log}}:total`,
    documents: (kind) => `${prefix}:documents:${kind}`,
    snapshotDay: (day) => `${prefix}:{snapshots}:day:${day}`,
    snapshotDays: `${prefix}:{snapshots}:days`,
    rateLimit: (name) => `${prefix}:limit:${name}:`,
    once: (what) => `${prefix}:once:${what}`,
    heartbeat: `${prefix}:heartbeat`,
    queue: `${prefix}:{queue}`,
  };
}

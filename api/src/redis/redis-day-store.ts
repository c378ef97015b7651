import type { Redis } from 'ioredis';
import type { DayStore, StoredDay } from '../stores/snapshot-history.ts';
import type { RedisLink } from './redis-link.ts';

/** Longer than the retention and the time between two cleanups. */
const TTL_SECONDS = 100 * 86_400;

// KEYS: the day, all days. ARGV: version of what this replaces (empty: nothing), version, complete, body, the day,
// its number, seconds.
const WRITE = `
if (redis.call('HGET', KEYS[1], 'version') or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'complete', ARGV[3], 'body', ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[6], ARGV[5])
redis.call('EXPIRE', KEYS[1], ARGV[7])
redis.call('EXPIRE', KEYS[2], ARGV[7])
return 1`;

/** Snapshots in Redis, a hash a day. Every method may throw {@link RedisUnavailableError}. */
export class RedisDayStore implements DayStore {
  readonly #link: RedisLink;

  constructor(link: RedisLink) {
    this.#link = link;
  }

  async read(day: string): Promise<StoredDay | undefined> {
    const name = this.#link.keys.snapshotDay(day);
    const [version, complete, body] = await this.#link.run('snapshots-read', (redis) =>
      redis.hmgetBuffer(name, 'version', 'complete', 'body'),
    );
    if (!version || !body) return undefined;
    return { version: String(version), complete: String(complete) === '1', body };
  }

  async write(
    day: string,
    { version, complete, body }: StoredDay,
    previous: string | undefined,
  ): Promise<boolean> {
    const { snapshotDay, snapshotDays } = this.#link.keys;
    const args = [previous ?? '', version, complete ? '1' : '0', body, day, numberOf(day), TTL_SECONDS];
    const written = await this.#link.run('snapshots-write', (redis) =>
      redis.eval(WRITE, 2, snapshotDay(day), snapshotDays, ...args),
    );
    return written === 1;
  }

  async days(since: string, until: string): Promise<string[]> {
    return this.#link.run('snapshots-days', (redis) =>
      redis.zrange(this.#link.keys.snapshotDays, String(numberOf(since)), String(numberOf(until)), 'BYSCORE'),
    );
  }

  async removeBefore(day: string): Promise<number> {
    const { snapshotDay, snapshotDays, records, recordKeys } = this.#link.keys;
    return this.#link.run('snapshots-remove', async (redis: Redis) => {
      const old = await redis.zrange(snapshotDays, '-inf', `(${numberOf(day)}`, 'BYSCORE');
      for (const each of old) await redis.unlink(snapshotDay(each));
      if (old.length > 0) await redis.zrem(snapshotDays, ...old);
      // Where earlier versions kept whole snapshots, a week of them.
      await redis.unlink(records('snapshots', 'account'), recordKeys('snapshots'));
      return old.length;
    });
  }
}

function numberOf(day: string): number {
  return Number(day.replaceAll('-', ''));
}

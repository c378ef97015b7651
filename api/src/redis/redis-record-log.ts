import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { RecordLog } from '../stores/record-log.ts';
import type { RedisLink } from './redis-link.ts';

export interface RedisRecordLogOptions {
  /** Names the log in its keys. */
  name: string;
  /** Records kept of one key; the oldest goes first. */
  recordsPerKey: number;
  /** Keys kept; the least recently written goes first. */
  keys: number;
  /** A key that gets no record for so long is gone. */
  ttlSeconds: number;
}

/** A record with an id of its own: adding the same one again changes nothing. */
export interface StoredRecord<T> {
  id: string;
  record: T;
}

const PROCESS = randomUUID();
let sequence = 0;

/** Sorts after the ids that this process made before: Redis orders records of one millisecond by it. */
export function createRecordId(): string {
  sequence += 1;
  return `${String(sequence).padStart(12, '0')}-${PROCESS}`;
}

// KEYS: records of the key, keys of the log. ARGV: key, score, member, records kept, keys kept,
// TTL, beginning of all names of records (which are in the same slot).
const APPEND = `
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - tonumber(ARGV[4]))
redis.call('PEXPIRE', KEYS[1], ARGV[6])
local now = redis.call('TIME')
redis.call('ZADD', KEYS[2], now[1] * 1000000 + now[2], ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[6])
local surplus = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[5])
if surplus > 0 then
  for _, idlest in ipairs(redis.call('ZRANGE', KEYS[2], 0, surplus - 1)) do
    redis.call('DEL', ARGV[7] .. idlest)
    redis.call('ZREM', KEYS[2], idlest)
  end
end
return 1`;

// KEYS: records of the key, keys of the log. ARGV: key, score below which records go.
const REMOVE_BEFORE = `
local removed = redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[2])
if redis.call('ZCARD', KEYS[1]) == 0 then redis.call('ZREM', KEYS[2], ARGV[1]) end
return removed`;

/**
 * A record log in Redis, ordered by the records' own time. Each operation is one step there, so
 * processes that append at once lose nothing; bounded in records, keys and time.
 */
export class RedisRecordLog<T extends { at: string }> implements RecordLog<T> {
  readonly #link: RedisLink;
  readonly #options: RedisRecordLogOptions;

  constructor(link: RedisLink, options: RedisRecordLogOptions) {
    this.#link = link;
    this.#options = options;
  }

  /** @throws {RedisUnavailableError} as all methods do */
  async append(key: string, record: T): Promise<void> {
    await this.add(key, { id: createRecordId(), record });
  }

  /** As `append`, for a record that may have been added already. */
  async add(key: string, { id, record }: StoredRecord<T>): Promise<void> {
    const { recordsPerKey, keys, ttlSeconds } = this.#options;
    const member = JSON.stringify([id, record]);
    const bounds = [recordsPerKey, keys, Math.round(ttlSeconds * 1000)];
    const args = [key, Date.parse(record.at), member, ...bounds, this.#nameOf('')];
    await this.#run('append', (redis) => redis.eval(APPEND, 2, this.#nameOf(key), this.#keysName, ...args));
  }

  async latest(key: string, limit: number): Promise<T[]> {
    if (limit < 1) return [];
    const members = await this.#run('latest', (redis) =>
      redis.zrange(this.#nameOf(key), 0, String(limit - 1), 'REV'),
    );
    return members.map((member) => (JSON.parse(member) as [string, T])[1]);
  }

  async removeBefore(date: Date): Promise<number> {
    const keys = await this.#run('remove', (redis) => redis.zrange(this.#keysName, 0, '-1'));
    let removed = 0;
    for (const key of keys) {
      const names = [this.#nameOf(key), this.#keysName] as const;
      const count = await this.#run('remove', (redis) =>
        redis.eval(REMOVE_BEFORE, 2, ...names, key, date.getTime()),
      );
      removed += Number(count);
    }
    return removed;
  }

  #run<Result>(operation: string, work: (redis: Redis) => Promise<Result>): Promise<Result> {
    return this.#link.run(`records-${operation}`, work);
  }

  #nameOf(key: string): string {
    return this.#link.keys.records(this.#options.name, key);
  }

  get #keysName(): string {
    return this.#link.keys.recordKeys(this.#options.name);
  }
}

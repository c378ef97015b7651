import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { RecordLog, RecordLogBounds } from '../stores/record-log.ts';
import type { RedisLink } from './redis-link.ts';

export interface RedisRecordLogOptions extends RecordLogBounds {
  /** Names the log in its keys. */
  name: string;
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

/** Over the bound of all bytes so much goes that the next few records fit. */
const LEAVE = 0.99;

// `drop` takes records of these ranks from a key, and their bytes from its size and from the total.
const DROP = `
local function forget(key)
  redis.call('ZREM', KEYS[2], key)
  redis.call('ZREM', KEYS[3], key)
end
local function drop(name, key, from, to)
  local bytes = 0
  local members = redis.call('ZRANGE', name, from, to)
  if #members == 0 then return 0 end
  for _, member in ipairs(members) do bytes = bytes + #member end
  redis.call('ZREMRANGEBYRANK', name, from, to)
  redis.call('ZINCRBY', KEYS[3], -bytes, key)
  redis.call('DECRBY', KEYS[4], bytes)
  if redis.call('EXISTS', name) == 0 then forget(key) end
  return #members
end`;

// KEYS: records of the key, keys of the log, their sizes, the total. ARGV: key, score, member, records kept of a
// key, bytes kept of a key, bytes kept in all, TTL, beginning of all names of records (which are in the same
// slot), what is left of all bytes when they are too many.
const APPEND = `${DROP}
local name, key = KEYS[1], ARGV[1]
if redis.call('ZADD', name, ARGV[2], ARGV[3]) == 1 then
  redis.call('ZINCRBY', KEYS[3], #ARGV[3], key)
  redis.call('INCRBY', KEYS[4], #ARGV[3])
end
local now = redis.call('TIME')
redis.call('ZADD', KEYS[2], now[1] * 1000000 + now[2], key)
drop(name, key, 0, -1 - tonumber(ARGV[4]))
while redis.call('ZCARD', name) > 1 and tonumber(redis.call('ZSCORE', KEYS[3], key)) > tonumber(ARGV[5]) do
  drop(name, key, 0, 0)
end
local function total() return tonumber(redis.call('GET', KEYS[4]) or '0') end
if total() > tonumber(ARGV[6]) then
  local target = tonumber(ARGV[9])
  while total() > target do
    local count = redis.call('ZCARD', KEYS[3])
    if count == 0 then redis.call('SET', KEYS[4], 0) break end
    local oldest, age
    for _, heavy in ipairs(redis.call('ZRANGE', KEYS[3], '+inf', '(' .. target / count, 'BYSCORE', 'REV', 'LIMIT', 0, 20)) do
      local first = redis.call('ZRANGE', ARGV[8] .. heavy, 0, 0, 'WITHSCORES')
      if not first[2] then
        redis.call('DECRBY', KEYS[4], redis.call('ZSCORE', KEYS[3], heavy))
        forget(heavy)
      elseif not age or tonumber(first[2]) < age then
        oldest, age = heavy, tonumber(first[2])
      end
    end
    if oldest then drop(ARGV[8] .. oldest, oldest, 0, 0) end
  end
end
for _, used in ipairs(KEYS) do redis.call('PEXPIRE', used, ARGV[7]) end
return 1`;

// KEYS: as above. ARGV: key, score below which records go.
const REMOVE_BEFORE = `${DROP}
local count = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. ARGV[2])
local removed = count > 0 and drop(KEYS[1], ARGV[1], 0, count - 1) or 0
if redis.call('EXISTS', KEYS[1]) == 0 then forget(ARGV[1]) end
return removed`;

/**
 * A record log in Redis, ordered by the records' own time. Each operation is one step there, so
 * processes that append at once lose nothing; bounded in records, bytes and time.
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
    const { recordsPerKey, bytesPerKey, bytes, ttlSeconds } = this.#options;
    const member = JSON.stringify([id, record]);
    const bounds = [recordsPerKey, bytesPerKey, bytes, Math.round(ttlSeconds * 1000)];
    const args = [key, Date.parse(record.at), member, ...bounds, this.#nameOf(''), Math.floor(bytes * LEAVE)];
    await this.#run('append', (redis) => redis.eval(APPEND, 4, ...this.#names(key), ...args));
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
      const count = await this.#run('remove', (redis) =>
        redis.eval(REMOVE_BEFORE, 4, ...this.#names(key), key, date.getTime()),
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

  #names(key: string): [string, string, string, string] {
    const { keys } = this.#link;
    const { name } = this.#options;
    return [this.#nameOf(key), this.#keysName, keys.recordSizes(name), keys.recordTotal(name)];
  }

  get #keysName(): string {
    return this.#link.keys.recordKeys(this.#options.name);
  }
}

import type { Claim, ClaimTimes, OnceLedger } from '../stores/once-ledger.ts';
import type { RedisLink } from './redis-link.ts';

// What is kept is `done`, or who is at it, until when, and when it was first begun (milliseconds).
// KEYS: what. ARGV: owner, milliseconds of the lease, milliseconds for which the try is remembered.
const CLAIM = `
local state = redis.call('GET', KEYS[1]) or ''
if state == 'done' then return { 'done' } end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local owner, ending, since = string.match(state, '^(%S+) (%d+) (%d+)$')
if owner and owner ~= ARGV[1] and tonumber(ending) > now then return { 'theirs' } end
local lease = string.format('%s %.0f %s', ARGV[1], now + ARGV[2], since or string.format('%.0f', now))
redis.call('SET', KEYS[1], lease, 'PX', ARGV[3])
return { 'ours', since }`;

// KEYS: what. ARGV: owner.
const RELEASE = `
local owner, since = string.match(redis.call('GET', KEYS[1]) or '', '^(%S+) %d+ (%d+)$')
if owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], '- 0 ' .. since, 'KEEPTTL')
return 1`;

/** Remembers what has been done, for all processes. Every method may throw {@link RedisUnavailableError}. */
export class RedisOnceLedger implements OnceLedger {
  readonly #link: RedisLink;

  constructor(link: RedisLink) {
    this.#link = link;
  }

  async claim(what: string, owner: string, { lease, ttl }: ClaimTimes): Promise<Claim> {
    const name = this.#link.keys.once(what);
    const milliseconds = [Math.ceil(lease * 1000), Math.ceil(ttl * 1000)];
    const reply = await this.#link.run('once-claim', (redis) =>
      redis.eval(CLAIM, 1, name, owner, ...milliseconds),
    );
    const [state, since] = reply as [Claim['state'], string?];
    return state === 'ours' ? { state, triedSince: since ? new Date(Number(since)) : undefined } : { state };
  }

  async done(what: string, ttlSeconds: number): Promise<void> {
    const name = this.#link.keys.once(what);
    await this.#link.run('once-done', (redis) => redis.set(name, 'done', 'EX', Math.ceil(ttlSeconds)));
  }

  async release(what: string, owner: string): Promise<void> {
    const name = this.#link.keys.once(what);
    await this.#link.run('once-release', (redis) => redis.eval(RELEASE, 1, name, owner));
  }

  async isDone(what: string): Promise<boolean> {
    const name = this.#link.keys.once(what);
    return (await this.#link.run('once-look', (redis) => redis.get(name))) === 'done';
  }
}

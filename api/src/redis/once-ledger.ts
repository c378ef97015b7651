import type { RedisLink } from './redis-link.ts';

export type Claim =
  /** Do it now, then say so. Somebody began at `triedSince`, by Redis' clock, and may have done it. */
  | { state: 'ours'; triedSince: Date | undefined }
  /** Somebody is at it, or died at it a moment ago. */
  | { state: 'theirs' }
  | { state: 'done' };

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
export class OnceLedger {
  readonly #link: RedisLink;
  readonly #leaseMs: number;

  /** @param leaseSeconds how long a claim stands whose owner gives no sign of life */
  constructor(link: RedisLink, leaseSeconds: number) {
    this.#link = link;
    this.#leaseMs = Math.round(leaseSeconds * 1000);
  }

  /** @param ttlSeconds for how long it is remembered that it was tried */
  async claim(what: string, owner: string, ttlSeconds: number): Promise<Claim> {
    const name = this.#link.keys.once(what);
    const reply = await this.#link.run('once-claim', (redis) =>
      redis.eval(CLAIM, 1, name, owner, this.#leaseMs, Math.ceil(ttlSeconds * 1000)),
    );
    const [state, since] = reply as [Claim['state'], string?];
    return state === 'ours' ? { state, triedSince: since ? new Date(Number(since)) : undefined } : { state };
  }

  /** @param ttlSeconds for how long it is remembered */
  async done(what: string, ttlSeconds: number): Promise<void> {
    const name = this.#link.keys.once(what);
    await this.#link.run('once-done', (redis) => redis.set(name, 'done', 'EX', Math.ceil(ttlSeconds)));
  }

  /** Lets somebody else do it at once, who learns that it was tried. */
  async release(what: string, owner: string): Promise<void> {
    const name = this.#link.keys.once(what);
    await this.#link.run('once-release', (redis) => redis.eval(RELEASE, 1, name, owner));
  }
}

import type { RedisLink } from './redis-link.ts';

/** `ours`: do it now, then say so. `theirs`: somebody is at it, or died at it a moment ago. */
export type Claim = 'ours' | 'theirs' | 'done';

// KEYS: what. ARGV: owner, milliseconds.
const CLAIM = `
local state = redis.call('GET', KEYS[1])
if state == 'done' then return 'done' end
if state and state ~= ARGV[1] then return 'theirs' end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 'ours'`;

// KEYS: what. ARGV: owner.
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** Remembers what has been done, for all processes. Every method may throw {@link RedisUnavailableError}. */
export class OnceLedger {
  readonly #link: RedisLink;
  readonly #leaseMs: number;

  /** @param leaseSeconds how long a claim stands whose owner gives no sign of life */
  constructor(link: RedisLink, leaseSeconds: number) {
    this.#link = link;
    this.#leaseMs = Math.round(leaseSeconds * 1000);
  }

  async claim(what: string, owner: string): Promise<Claim> {
    const name = this.#link.keys.once(what);
    const reply = await this.#link.run('once-claim', (redis) =>
      redis.eval(CLAIM, 1, name, owner, this.#leaseMs),
    );
    return reply as Claim;
  }

  /** @param ttlSeconds for how long it is remembered */
  async done(what: string, ttlSeconds: number): Promise<void> {
    const name = this.#link.keys.once(what);
    await this.#link.run('once-done', (redis) => redis.set(name, 'done', 'EX', Math.ceil(ttlSeconds)));
  }

  async release(what: string, owner: string): Promise<void> {
    const name = this.#link.keys.once(what);
    await this.#link.run('once-release', (redis) => redis.eval(RELEASE, 1, name, owner));
  }
}

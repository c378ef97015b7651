import type { ClientRateLimitInfo, Options, Store } from 'express-rate-limit';
import { type RedisReply, RedisStore } from 'rate-limit-redis';
import { WindowStore } from '../middleware/window-store.ts';
import type { RedisLink } from './redis-link.ts';

/**
 * Counts in Redis, for all processes together; while Redis is away, in this process alone, so that a
 * limit is never lifted and never in the way.
 */
export class FleetRateLimitStore implements Store {
  readonly localKeys = false;
  readonly #link: RedisLink;
  readonly #prefix: string;
  readonly #memory = new WindowStore();
  #options: Options | undefined;
  #shared: Promise<RedisStore> | undefined;

  constructor(link: RedisLink, name: string) {
    this.#link = link;
    this.#prefix = link.keys.rateLimit(name);
  }

  init(options: Options): void {
    this.#options = options;
    this.#memory.init(options);
  }

  async get(key: string): Promise<ClientRateLimitInfo | undefined> {
    return this.#either(
      (shared) => shared.get(key),
      async () => this.#memory.get(key),
    );
  }

  async increment(key: string): Promise<ClientRateLimitInfo> {
    return this.#either(
      (shared) => this.#incrementIn(shared, key),
      async () => this.#memory.increment(key),
    );
  }

  async decrement(key: string): Promise<void> {
    return this.#either(
      (shared) => shared.decrement(key),
      async () => this.#memory.decrement(key),
    );
  }

  async resetKey(key: string): Promise<void> {
    this.#memory.resetKey(key);
    await this.#either(
      (shared) => shared.resetKey(key),
      async () => undefined,
    );
  }

  /** A window that ends further off than any began before Redis' clock was set back: it is over. */
  async #incrementIn(shared: RedisStore, key: string): Promise<ClientRateLimitInfo> {
    const info = await shared.increment(key);
    const left = (info.resetTime?.getTime() ?? 0) - Date.now();
    if (left <= (this.#options?.windowMs ?? Number.POSITIVE_INFINITY) * 2) return info;
    await shared.resetKey(key);
    return shared.increment(key);
  }

  async #either<T>(shared: (store: RedisStore) => Promise<T>, alone: () => Promise<T>): Promise<T> {
    try {
      this.#shared ??= this.#open();
      return await shared(await this.#shared);
    } catch {
      // It keeps a script's failed loading for good, so the next one starts afresh.
      this.#shared = undefined;
      return alone();
    }
  }

  async #open(): Promise<RedisStore> {
    const store = new RedisStore({
      prefix: this.#prefix,
      // Every request passes here.
      sendCommand: (command: string, ...args: string[]) =>
        this.#link.run('rate-limit', (redis) => redis.call(command, ...args) as Promise<RedisReply>, {
          impatient: true,
        }),
    });
    if (this.#options) await store.init(this.#options);
    return store;
  }
}

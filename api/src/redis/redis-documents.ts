import type { Documents } from '../stores/documents.ts';
import type { RedisLink } from './redis-link.ts';

interface Kept<T> {
  /** Unix time in milliseconds. */
  expiresAt: number;
  document: T;
}

/** Documents in Redis, one hash a kind. Every method may throw {@link RedisUnavailableError}. */
export class RedisDocuments<T> implements Documents<T> {
  readonly #link: RedisLink;
  readonly #name: string;

  constructor(link: RedisLink, kind: string) {
    this.#link = link;
    this.#name = link.keys.documents(kind);
  }

  async get(key: string): Promise<T | undefined> {
    const text = await this.#link.run('documents-get', (redis) => redis.hget(this.#name, key));
    return text === null ? undefined : documentIn<T>(text);
  }

  async put(key: string, document: T, ttlSeconds: number): Promise<void> {
    const milliseconds = Math.ceil(ttlSeconds * 1000);
    const kept: Kept<T> = { expiresAt: Date.now() + milliseconds, document };
    await this.#link.run('documents-put', async (redis) => {
      // The hash lives as long as its longest-lived document.
      const put = redis
        .multi()
        .hset(this.#name, key, JSON.stringify(kept))
        .pexpire(this.#name, milliseconds, 'NX')
        .pexpire(this.#name, milliseconds, 'GT');
      const failure = (await put.exec())?.find(([error]) => error)?.[0];
      if (failure) throw failure;
    });
  }

  async remove(key: string): Promise<void> {
    await this.#link.run('documents-remove', (redis) => redis.hdel(this.#name, key));
  }

  async entries(): Promise<[string, T][]> {
    const all = await this.#link.run('documents-entries', (redis) => redis.hgetall(this.#name));
    const expired: string[] = [];
    const entries = Object.entries(all).flatMap(([key, text]): [string, T][] => {
      const document = documentIn<T>(text);
      if (document === undefined) expired.push(key);
      return document === undefined ? [] : [[key, document]];
    });
    if (expired.length > 0) {
      await this.#link.run('documents-expire', (redis) => redis.hdel(this.#name, ...expired));
    }
    return entries.sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

function documentIn<T>(text: string): T | undefined {
  const { expiresAt, document } = JSON.parse(text) as Kept<T>;
  return expiresAt > Date.now() ? document : undefined;
}

import type { RecordLog } from '../stores/record-log.ts';
import { type RedisLink, RedisUnavailableError } from './redis-link.ts';
import { createRecordId, type RedisRecordLog, type StoredRecord } from './redis-record-log.ts';

interface Waiting<T> {
  key: string;
  stored: StoredRecord<T>;
}

/**
 * A log in Redis that goes on without it: what is appended meanwhile is kept in this process, shown
 * to its readers, and added to Redis when that is back. A bounded number waits;
 * over it the oldest of that key goes which has most waiting.
 */
export class SpareRecordLog<T extends { at: string }> implements RecordLog<T> {
  readonly #log: RedisRecordLog<T>;
  readonly #limit: number;
  #waiting: Waiting<T>[] = [];
  #draining = false;

  constructor(link: RedisLink, log: RedisRecordLog<T>, limit = 200) {
    this.#log = log;
    this.#limit = limit;
    link.onUp(() => void this.#drain());
  }

  async append(key: string, record: T): Promise<void> {
    const stored = { id: createRecordId(), record };
    try {
      await this.#log.add(key, stored);
    } catch {
      this.#waiting.push({ key, stored });
      if (this.#waiting.length > this.#limit) this.#drop();
    }
  }

  async latest(key: string, limit: number): Promise<T[]> {
    if (limit < 1) return [];
    const shared = await this.#log.latest(key, limit).catch((): T[] => []);
    const here = this.#waiting.filter((entry) => entry.key === key).map(({ stored }) => stored.record);
    if (here.length === 0) return shared;
    const newestFirst = (a: T, b: T) => Date.parse(b.at) - Date.parse(a.at);
    return [...here.reverse(), ...shared].sort(newestFirst).slice(0, limit);
  }

  /** @throws {RedisUnavailableError} */
  async removeBefore(date: Date): Promise<number> {
    return this.#log.removeBefore(date);
  }

  #drop(): void {
    const counts = new Map<string, number>();
    for (const { key } of this.#waiting) counts.set(key, (counts.get(key) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const oldest = this.#waiting.findIndex(({ key }) => counts.get(key) === most);
    this.#waiting.splice(oldest, 1);
  }

  async #drain(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    try {
      for (const next of this.#waiting.slice()) {
        if (await this.#isTaken(next)) this.#waiting = this.#waiting.filter((entry) => entry !== next);
      }
    } catch {
      // Away again: what is left goes next time.
    } finally {
      this.#draining = false;
    }
  }

  /** One that Redis refuses holds no other up. @throws {RedisUnavailableError} */
  async #isTaken({ key, stored }: Waiting<T>): Promise<boolean> {
    try {
      await this.#log.add(key, stored);
      return true;
    } catch (error) {
      if (error instanceof RedisUnavailableError) throw error;
      return false;
    }
  }
}

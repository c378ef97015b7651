import type { ChatRecord, RecordLog, SnapshotRecord, Stores, SuggestionRecord } from './record-log.ts';

export interface MemoryRecordLogOptions {
  /** Records kept of one key; the oldest goes first. */
  recordsPerKey: number;
  /** Keys kept; the least recently written goes first. */
  keys: number;
}

/** A record log in this process's memory, bounded in both directions. Gone with the process. */
export class MemoryRecordLog<T extends { at: string }> implements RecordLog<T> {
  // A Map iterates in insertion order: re-inserting a key on each write keeps the idlest key first.
  readonly #records = new Map<string, T[]>();
  readonly #options: MemoryRecordLogOptions;

  /** @throws {RangeError} when a bound is not a whole number of at least one */
  constructor(options: MemoryRecordLogOptions) {
    for (const [name, value] of Object.entries(options)) {
      if (!Number.isInteger(value) || value < 1)
        throw new RangeError(`${name} must be a whole number above 0`);
    }
    this.#options = options;
  }

  async append(key: string, record: T): Promise<void> {
    const records = this.#records.get(key) ?? [];
    records.push(record);
    if (records.length > this.#options.recordsPerKey) records.shift();
    this.#records.delete(key);
    this.#records.set(key, records);
    for (const idlest of this.#records.keys()) {
      if (this.#records.size <= this.#options.keys) break;
      this.#records.delete(idlest);
    }
  }

  async latest(key: string, limit: number): Promise<T[]> {
    if (limit < 1) return [];
    return (this.#records.get(key) ?? []).slice(-limit).reverse();
  }

  async removeBefore(date: Date): Promise<number> {
    let removed = 0;
    for (const [key, records] of this.#records) {
      const kept = records.filter((record) => Date.parse(record.at) >= date.getTime());
      removed += records.length - kept.length;
      if (kept.length === 0) this.#records.delete(key);
      else this.#records.set(key, kept);
    }
    return removed;
  }
}

/**
 * Every store in memory. A snapshot holds the whole account, so a week of them (one each half hour)
 * is what is kept.
 */
export function createMemoryStores(): Stores {
  return {
    chat: new MemoryRecordLog<ChatRecord>({ recordsPerKey: 200, keys: 1000 }),
    suggestions: new MemoryRecordLog<SuggestionRecord>({ recordsPerKey: 200, keys: 10 }),
    snapshots: new MemoryRecordLog<SnapshotRecord>({ recordsPerKey: 336, keys: 10 }),
  };
}

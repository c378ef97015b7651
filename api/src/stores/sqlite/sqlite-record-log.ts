import type { RecordLog, RecordLogBounds } from '../record-log.ts';
import type { StateFile } from './state-file.ts';

/** How many records one look for what has to go finds. */
const BATCH = 100;
/** Over the bound of all bytes so much goes that the next few records fit. */
const LEAVE = 0.95;

const OVER_IN_KEY = `
DELETE FROM records WHERE id IN (
  SELECT id FROM (
    SELECT id, row_number() OVER newest AS place, sum(bytes) OVER newest AS total
    FROM records WHERE log = ?1 AND key = ?2 WINDOW newest AS (ORDER BY at DESC, id DESC)
  ) WHERE place > 1 AND (place > ?3 OR total > ?4))`;

const OVER_THEIR_SHARE = `
SELECT id, records.bytes AS bytes FROM records JOIN record_keys USING (log, key)
WHERE log = ?1 AND record_keys.bytes > ?2 ORDER BY at, id LIMIT ${BATCH}`;

/** A record log in the state file, ordered by the records' own time. */
export class SqliteRecordLog<T extends { at: string }> implements RecordLog<T> {
  readonly #file: StateFile;
  readonly #name: string;
  readonly #bounds: RecordLogBounds;

  /** @throws {RangeError} when a bound is not a whole number of at least one */
  constructor(file: StateFile, name: string, bounds: RecordLogBounds) {
    for (const [bound, value] of Object.entries(bounds)) {
      if (!Number.isInteger(value) || value < 1)
        throw new RangeError(`${bound} must be a whole number above 0`);
    }
    this.#file = file;
    this.#name = name;
    this.#bounds = bounds;
  }

  async append(key: string, record: T): Promise<void> {
    const body = JSON.stringify(record);
    const values = [this.#name, key, Date.parse(record.at), Buffer.byteLength(body), body];
    this.#file.write(() => {
      this.#file.run('INSERT INTO records (log, key, at, bytes, body) VALUES (?, ?, ?, ?, ?)', ...values);
      this.#trimKey(key);
      this.#trimAll();
    });
  }

  async latest(key: string, limit: number): Promise<T[]> {
    if (limit < 1) return [];
    const rows = this.#file.all<{ body: string }>(
      'SELECT body FROM records WHERE log = ? AND key = ? ORDER BY at DESC, id DESC LIMIT ?',
      this.#name,
      key,
      limit,
    );
    return rows.map(({ body }) => JSON.parse(body) as T);
  }

  async removeBefore(date: Date): Promise<number> {
    return this.#file.run('DELETE FROM records WHERE log = ? AND at < ?', this.#name, date.getTime());
  }

  #trimKey(key: string): void {
    const { recordsPerKey, bytesPerKey } = this.#bounds;
    const held = this.#file.get<{ records: number; bytes: number }>(
      'SELECT records, bytes FROM record_keys WHERE log = ? AND key = ?',
      this.#name,
      key,
    );
    if (!held || (held.records <= recordsPerKey && held.bytes <= bytesPerKey)) return;
    this.#file.run(OVER_IN_KEY, this.#name, key, recordsPerKey, bytesPerKey);
  }

  #trimAll(): void {
    if (this.#total().bytes <= this.#bounds.bytes) return;
    const target = this.#bounds.bytes * LEAVE;
    for (let { bytes, keys } = this.#total(); bytes > target; { bytes, keys } = this.#total()) {
      // Somebody has more than an equal share of what is too much.
      const candidates = this.#file.all<{ id: number; bytes: number }>(
        OVER_THEIR_SHARE,
        this.#name,
        Math.floor(target / keys),
      );
      let surplus = bytes - target;
      for (const candidate of candidates) {
        if (surplus <= 0) break;
        this.#file.run('DELETE FROM records WHERE id = ?', candidate.id);
        surplus -= candidate.bytes;
      }
    }
  }

  #total(): { keys: number; bytes: number } {
    const sql = 'SELECT keys, bytes FROM record_logs WHERE log = ?';
    return this.#file.get<{ keys: number; bytes: number }>(sql, this.#name) ?? { keys: 0, bytes: 0 };
  }
}

import type { DayStore, StoredDay } from '../snapshot-history.ts';
import type { StateFile } from './state-file.ts';

/** Snapshots in the state file. */
export class SqliteDayStore implements DayStore {
  readonly #file: StateFile;

  constructor(file: StateFile) {
    this.#file = file;
  }

  async read(day: string): Promise<StoredDay | undefined> {
    const sql = 'SELECT version, complete, body FROM snapshot_days WHERE day = ?';
    const row = this.#file.get<{ version: string; complete: number; body: Buffer }>(sql, day);
    return row && { version: row.version, complete: row.complete === 1, body: row.body };
  }

  async write(
    day: string,
    { version, complete, body }: StoredDay,
    previous: string | undefined,
  ): Promise<boolean> {
    const values = [version, complete ? 1 : 0, body, day] as const;
    const changed =
      previous === undefined
        ? this.#file.run(
            'INSERT OR IGNORE INTO snapshot_days (version, complete, body, day) VALUES (?, ?, ?, ?)',
            ...values,
          )
        : this.#file.run(
            'UPDATE snapshot_days SET version = ?, complete = ?, body = ? WHERE day = ? AND version = ?',
            ...values,
            previous,
          );
    return changed === 1;
  }

  async days(since: string, until: string): Promise<string[]> {
    const sql = 'SELECT day FROM snapshot_days WHERE day BETWEEN ? AND ? ORDER BY day';
    return this.#file.all<{ day: string }>(sql, since, until).map(({ day }) => day);
  }

  async removeBefore(day: string): Promise<number> {
    return this.#file.run('DELETE FROM snapshot_days WHERE day < ?', day);
  }
}

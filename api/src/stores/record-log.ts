/** An append-only log of records per key. `at` is when the record was made, ISO 8601. */
export interface RecordLog<T extends { at: string }> {
  append(key: string, record: T): Promise<void>;
  /** At most `limit` records of one key, the newest first; empty for an unknown key. */
  latest(key: string, limit: number): Promise<T[]>;
  /** Drops the records of every key made before `date`. @returns how many went */
  removeBefore(date: Date): Promise<number>;
}

/** How much a log keeps. What is over a bound goes, the oldest first. */
export interface RecordLogBounds {
  recordsPerKey: number;
  /** Of one key's records as JSON. The newest record of a key stays, whatever its size. */
  bytesPerKey: number;
  /** Of all keys together. Then those go first that have more than an equal share: nobody pushes out who has less. */
  bytes: number;
}

/** One question of one user. `type` is what the question was understood as. */
export interface ChatRecord {
  at: string;
  session_id?: string;
  message: string;
  type: string;
}

/** What one automation request proposed. */
export interface SuggestionRecord {
  at: string;
  kind: 'pause' | 'budget' | 'reallocation';
  suggestions: readonly object[];
}

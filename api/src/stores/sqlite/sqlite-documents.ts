import type { Documents } from '../documents.ts';
import type { StateFile } from './state-file.ts';

interface Row {
  key: string;
  body: string;
}

/** Documents in the state file. */
export class SqliteDocuments<T> implements Documents<T> {
  readonly #file: StateFile;
  readonly #kind: string;

  constructor(file: StateFile, kind: string) {
    this.#file = file;
    this.#kind = kind;
  }

  async get(key: string): Promise<T | undefined> {
    const row = this.#file.get<Row>(
      'SELECT body FROM documents WHERE kind = ? AND key = ? AND expires_at > ?',
      this.#kind,
      key,
      Date.now(),
    );
    return row && (JSON.parse(row.body) as T);
  }

  async put(key: string, document: T, ttlSeconds: number): Promise<void> {
    const expiresAt = Math.round(Date.now() + ttlSeconds * 1000);
    this.#file.run(
      `INSERT INTO documents (kind, key, expires_at, body) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET expires_at = excluded.expires_at, body = excluded.body`,
      this.#kind,
      key,
      expiresAt,
      JSON.stringify(document),
    );
  }

  async remove(key: string): Promise<void> {
    this.#file.run('DELETE FROM documents WHERE kind = ? AND key = ?', this.#kind, key);
  }

  async entries(): Promise<[string, T][]> {
    const now = Date.now();
    const sql = 'SELECT key, body FROM documents WHERE kind = ? AND expires_at > ? ORDER BY key';
    const rows = this.#file.all<Row>(sql, this.#kind, now);
    return rows.map(({ key, body }) => [key, JSON.parse(body) as T]);
  }
}

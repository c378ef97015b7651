import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { logger } from '../../observability/logger.ts';
import { MIGRATIONS } from './migrations.ts';
import { StateFileError, StateUnavailableError } from './state-errors.ts';
import { registerStateFile, type StateFault, stateErrors } from './state-metrics.ts';

export type SqlValue = string | number | Buffer | null;

export interface StateFileOptions {
  /** Beyond so many pages of 4 KiB it counts as full; the disk's end otherwise. */
  maxPages?: number;
}

const IN_MEMORY = ':memory:';
/** Marks the file as ours ("FACS"). */
const APPLICATION_ID = 0x46414353;
/**
 * How long a writer waits for another process's, in ms. The wait holds up the event loop, so whoever writes after one
 * that waited in vain waits no longer than a request may notice: the service answers, and its metrics can be read.
 */
const BUSY_MS = { writable: 2000, notWritable: 50 };

/**
 * What lasts, in one SQLite file. Every write is one transaction, on its way to the disk when the call returns:
 * the end of the process loses nothing. Processes may share a file.
 */
export class StateFile {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  #writable = true;

  /** @param path `:memory:` keeps nothing. @throws {StateFileError} for a file that cannot be, or is not, ours */
  constructor(path: string, { maxPages }: StateFileOptions = {}) {
    this.#database = openDatabase(path);
    try {
      this.#prepare(path);
      if (maxPages !== undefined) this.#database.exec(`PRAGMA max_page_count = ${maxPages}`);
    } catch (error) {
      this.#database.close();
      throw error instanceof StateFileError ? error : unusable(path, error);
    }
    registerStateFile(() => this.#writable);
  }

  /** Whether the last write was taken. */
  get writable(): boolean {
    return this.#writable;
  }

  /** @throws {StateUnavailableError} as all of them do */
  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.#guard(() => this.#statement(sql).all(values) as Row[]);
  }

  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#guard(() => this.#statement(sql).get(values) as Row | undefined);
  }

  /** One statement that writes. @returns how many rows it changed */
  run(sql: string, ...values: SqlValue[]): number {
    return this.write(() => this.#statement(sql).run(values).changes);
  }

  /** `work` as one step: all of it stays, or nothing. It writes and reads by these methods. */
  write<T>(work: () => T): T {
    if (this.#database.inTransaction) return work();
    try {
      return this.#guard(() => {
        // At once: a reader that turns writer halfway can only fail when another process has written.
        this.#database.exec('BEGIN IMMEDIATE');
        try {
          const result = work();
          this.#database.exec('COMMIT');
          this.#becomeWritable();
          return result;
        } catch (error) {
          // A full disk has ended the transaction already.
          if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
          throw error;
        }
      });
    } catch (error) {
      this.#becomeNotWritable();
      throw error;
    }
  }

  close(): void {
    if (!this.#database.open) return;
    registerStateFile(undefined);
    this.#statements.clear();
    this.#fold();
    this.#database.close();
  }

  /** All of it in the one file, so that a copy of that is a copy. What cannot be done now is done at the next start. */
  #fold(): void {
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // Nothing is lost: the log beside the file has it.
    }
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof StateUnavailableError) throw error;
      const reason = faultOf(error);
      stateErrors.inc({ reason });
      if (this.#writable) logger.error('The state file cannot be used', { fault: reason, error });
      throw new StateUnavailableError({ cause: error });
    }
  }

  #becomeWritable(): void {
    if (this.#writable) return;
    logger.info('The state file can be used again');
    this.#writable = true;
    this.#waitAtMost(BUSY_MS.writable);
  }

  #becomeNotWritable(): void {
    if (!this.#writable) return;
    this.#writable = false;
    this.#waitAtMost(BUSY_MS.notWritable);
  }

  #waitAtMost(milliseconds: number): void {
    this.#database.exec(`PRAGMA busy_timeout = ${milliseconds}`);
  }

  #prepare(path: string): void {
    const database = this.#database;
    const number = (pragma: string): number => {
      const row = database.prepare(`PRAGMA ${pragma}`).get() as Record<string, unknown>;
      return Number(row[pragma]);
    };
    const isNew = () => number('application_id') === 0 && number('user_version') === 0 && isEmpty(database);
    if (!isNew() && number('application_id') !== APPLICATION_ID) throw foreign(path);
    const [check] = database.prepare('PRAGMA quick_check(1)').all() as { quick_check: string }[];
    if (check?.quick_check !== 'ok') throw damaged(path);
    if (path !== IN_MEMORY) database.exec('PRAGMA journal_mode = WAL');
    // Safe against the end of the process; the end of the machine may take the last moments, never the file.
    database.exec('PRAGMA synchronous = NORMAL');
    // Another process may have begun the same meanwhile.
    database.exec('BEGIN IMMEDIATE');
    const version = number('user_version');
    if (version > MIGRATIONS.length) throw newer(path, version);
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
    // Questions of users are in it.
    if (path !== IN_MEMORY) chmodSync(path, 0o600);
  }
}

function openDatabase(path: string): Database.Database {
  try {
    if (path !== IN_MEMORY) mkdirSync(dirname(path), { recursive: true });
    return new Database(path, { timeout: BUSY_MS.writable });
  } catch (error) {
    throw new StateFileError(
      `STATE_FILE ${path} cannot be opened: make its folder writable, or set another`,
      {
        cause: error,
      },
    );
  }
}

function isEmpty(database: Database.Database): boolean {
  return database.prepare('SELECT 1 FROM sqlite_master LIMIT 1').get() === undefined;
}

function foreign(path: string): StateFileError {
  return new StateFileError(`STATE_FILE ${path} is a file of something else: set STATE_FILE to another one`);
}

function damaged(path: string): StateFileError {
  return new StateFileError(
    `STATE_FILE ${path} is damaged: put back a copy of it, or move it away to start without its history`,
  );
}

function newer(path: string, version: number): StateFileError {
  return new StateFileError(
    `STATE_FILE ${path} is of a newer version of this service (${version}, this one knows ${MIGRATIONS.length}): run that, or set another file`,
  );
}

function unusable(path: string, error: unknown): StateFileError {
  const code = codeOf(error);
  if (code === 'SQLITE_NOTADB') return foreign(path);
  if (code.startsWith('SQLITE_CORRUPT')) return damaged(path);
  const hint = code.startsWith('SQLITE_BUSY')
    ? 'another process holds it'
    : 'make it writable, or set another';
  return new StateFileError(`STATE_FILE ${path} cannot be used (${code || 'unknown'}): ${hint}`, {
    cause: error,
  });
}

function faultOf(error: unknown): StateFault {
  const code = codeOf(error);
  if (code === 'SQLITE_FULL') return 'full';
  return code.startsWith('SQLITE_BUSY') ? 'busy' : 'other';
}

function codeOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

import type { Claim, ClaimTimes, OnceLedger } from '../once-ledger.ts';
import type { StateFile } from './state-file.ts';

interface Row {
  done: number;
  owner: string | null;
  leased_until: number | null;
  tried_since: number | null;
}

const KEEP = `
INSERT INTO once (what, done, owner, leased_until, tried_since, expires_at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET done = excluded.done, owner = excluded.owner, leased_until = excluded.leased_until,
  tried_since = excluded.tried_since, expires_at = excluded.expires_at`;

/** The ledger in the state file. */
export class SqliteOnceLedger implements OnceLedger {
  readonly #file: StateFile;

  constructor(file: StateFile) {
    this.#file = file;
  }

  async claim(what: string, owner: string, { lease, ttl }: ClaimTimes): Promise<Claim> {
    const now = Date.now();
    return this.#file.write((): Claim => {
      this.#file.run('DELETE FROM once WHERE expires_at <= ?', now);
      const row = this.#find(what);
      if (row?.done) return { state: 'done' };
      const until = row?.leased_until ?? 0;
      // A lease that ends further off than any is given for was given before the clock was set back.
      const leased = until > now && until <= now + lease * 1000;
      if (leased && row?.owner !== owner) return { state: 'theirs' };
      const since = row?.tried_since ?? null;
      this.#file.run(KEEP, what, 0, owner, after(now, lease), since ?? now, after(now, ttl));
      return { state: 'ours', triedSince: since === null ? undefined : new Date(since) };
    });
  }

  async done(what: string, ttlSeconds: number): Promise<void> {
    this.#file.run(KEEP, what, 1, null, null, null, after(Date.now(), ttlSeconds));
  }

  async release(what: string, owner: string): Promise<void> {
    this.#file.run('UPDATE once SET leased_until = 0 WHERE what = ? AND owner = ? AND done = 0', what, owner);
  }

  async isDone(what: string): Promise<boolean> {
    return this.#find(what)?.done === 1;
  }

  #find(what: string): Row | undefined {
    return this.#file.get<Row>(
      'SELECT done, owner, leased_until, tried_since FROM once WHERE what = ?',
      what,
    );
  }
}

function after(now: number, seconds: number): number {
  return Math.ceil(now + seconds * 1000);
}

import type { RouteName } from './route-name.ts';

/** One request as the server saw it. Tokens appear by name only. */
export interface JournalEntry {
  id: number;
  /** ISO instant of the server's clock. */
  at: string;
  method: string;
  path: string;
  route: RouteName | 'unknown';
  version: string;
  /** Name of the token that the call was made with: a tenant's id, `app`, `none`, `unknown-…`. */
  token: string;
  /** How the token came. */
  credential: 'bearer' | 'oauth' | 'query' | 'body' | 'none';
  proof: 'absent' | 'valid' | 'invalid';
  /** On `debug_token`, the name of the inspected token. */
  inspected?: string;
  /** The account of the object that was asked for, when there is one. */
  accountId?: string;
  /** Parameters, without any secret. */
  query: Record<string, string>;
  /** Undefined while unanswered, 'reset' when the connection was cut. */
  status: number | 'reset' | 'aborted' | undefined;
  connection: number;
  /** The fault that shaped the answer. */
  fault?: string;
}

const KEPT_ENTRIES = 20_000;

/** What happened at the server, to assert on. Counts stay exact when old entries are dropped. */
export class Journal {
  #entries: JournalEntry[] = [];
  readonly #counts = new Map<string, number>();
  readonly #waiting = new Set<() => void>();
  readonly #owns: (token: string, accountId: string) => boolean;
  #nextId = 1;
  /** Connections accepted since the start or the last `clear()`. */
  connections = 0;
  openConnections = 0;

  /** @param owns whether a token, by name, may see an account */
  constructor(owns: (token: string, accountId: string) => boolean) {
    this.#owns = owns;
  }

  get requests(): readonly JournalEntry[] {
    return this.#entries;
  }

  open(entry: Omit<JournalEntry, 'id' | 'status'>): JournalEntry {
    const recorded: JournalEntry = { ...entry, id: this.#nextId++, status: undefined };
    this.#entries.push(recorded);
    if (this.#entries.length > KEPT_ENTRIES) this.#entries.splice(0, KEPT_ENTRIES / 5);
    const owner = recorded.inspected ?? recorded.token;
    this.#bump(`${recorded.route} ${owner}`);
    for (const check of this.#waiting) check();
    return recorded;
  }

  /** Requests that arrived, answered or not; on `debug_token` the token is the inspected one. */
  count(route?: RouteName, token?: string): number {
    let total = 0;
    for (const [key, count] of this.#counts) {
      const [name, owner] = key.split(' ');
      if ((route ?? name) === name && (token ?? owner) === owner) total += count;
    }
    return total;
  }

  /** Calls of `debug_token`, of all tokens or of one that was inspected. */
  validations(token?: string): number {
    return this.count('debug_token', token);
  }

  /** Counts by route and token: `{account: {brl: 1}}`. */
  counts(): Record<string, Record<string, number>> {
    const table: Record<string, Record<string, number>> = {};
    for (const [key, count] of this.#counts) {
      const [route = '', owner = ''] = key.split(' ');
      table[route] = { ...table[route], [owner]: count };
    }
    return table;
  }

  /** Requests that asked with one tenant's token for another's account; tests expect none. */
  crossTenant(): JournalEntry[] {
    return this.#entries.filter(
      ({ token, accountId }) => accountId !== undefined && !this.#owns(token, accountId),
    );
  }

  /** Resolves once `test` holds for the journal, at once when it already does. */
  async until(test: (journal: Journal) => boolean): Promise<void> {
    if (test(this)) return;
    await new Promise<void>((resolve) => {
      const check = () => {
        if (!test(this)) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }

  /** To be called after an entry has changed. */
  changed(): void {
    for (const check of this.#waiting) check();
  }

  clear(): void {
    this.#entries = [];
    this.#counts.clear();
    this.connections = 0;
  }

  #bump(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }
}

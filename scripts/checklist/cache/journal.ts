/** A change that can be taken back. */
export interface Change {
  undo: () => void;
  /** When that was made which is changed: {@link Journal.births} of then. */
  born: number;
}

/** What a map had under a key before a change. */
export interface Place {
  map: JournaledMap<unknown>;
  key: string;
  isThere: boolean;
  before: unknown;
}

/** Notes what changes, in order, so that a run can go back to where it was. */
export class Journal {
  readonly changes: (Change | Place)[] = [];
  /** How many maps there are. */
  births = 0;
  /** What was made after so many is forgotten as a whole by whoever goes back, so its changes need no note. */
  since = 0;

  note(change: Change): void {
    if (change.born <= this.since) this.changes.push(change);
  }

  /** Takes back all changes but the first so many. */
  backTo(length: number): void {
    while (this.changes.length > length) {
      const change = this.changes.pop();
      if (change !== undefined && 'undo' in change) change.undo();
      else change?.map.restore(change);
    }
  }
}

/** A map whose changes are noted. */
export class JournaledMap<Value> extends Map<string, Value> {
  /** 0 for what is as if it had always been there. */
  born: number;
  readonly #journal: Journal;

  constructor(journal: Journal, entries?: Iterable<readonly [string, Value]>) {
    super();
    journal.births += 1;
    this.born = journal.births;
    this.#journal = journal;
    if (entries) for (const [key, value] of entries) super.set(key, value);
  }

  override set(key: string, value: Value): this {
    if (this.born <= this.#journal.since) this.#note(key);
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    if (this.born <= this.#journal.since) this.#note(key);
    return super.delete(key);
  }

  override clear(): void {
    if (this.born <= this.#journal.since) for (const key of this.keys()) this.#note(key);
    super.clear();
  }

  /** Sets without a note. */
  remember(key: string, value: Value): void {
    super.set(key, value);
  }

  /** Has under a key again what it had before. */
  restore({ key, isThere, before }: Place): void {
    if (isThere) super.set(key, before as Value);
    else super.delete(key);
  }

  #note(key: string): void {
    const place: Place = { map: this, key, isThere: this.has(key), before: this.get(key) };
    this.#journal.changes.push(place);
  }
}

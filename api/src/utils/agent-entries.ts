import type { AgentEntry } from './agent-entry.ts';

/** Entries by the digest of their credentials: a bounded number, of which the least recently used goes first. */
export class AgentEntries {
  readonly #limit: number;
  /** In order of use, the least recent first. */
  readonly #entries = new Map<string, AgentEntry>();
  readonly #onEvict: (entry: AgentEntry) => void;

  constructor(limit: number, onEvict: (entry: AgentEntry) => void) {
    this.#limit = limit;
    this.#onEvict = onEvict;
  }

  /** Finds an entry without counting that as a use. */
  peek(key: string): AgentEntry | undefined {
    return this.#entries.get(key);
  }

  /** Uses an entry, made first if there is none. */
  use(key: string, make: () => AgentEntry): AgentEntry {
    const entry = this.#entries.get(key) ?? make();
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    this.#evict(key);
    return entry;
  }

  delete(entry: AgentEntry): void {
    for (const [key, each] of this.#entries) if (each === entry) this.#entries.delete(key);
  }

  all(): AgentEntry[] {
    return [...this.#entries.values()];
  }

  /** Drops references only: whoever holds an evicted agent goes on using it. */
  #evict(inUse: string): void {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= this.#limit) return;
      if (key === inUse || entry.isCreating) continue;
      this.#entries.delete(key);
      this.#onEvict(entry);
    }
  }
}

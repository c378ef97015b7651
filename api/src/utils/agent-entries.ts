import type { AgentEntry } from './agent-entry.ts';
import { type AgentIdentity, identityKey, isSameIdentity } from './agent-identity.ts';

/** How many may have the same number: more than two are never seen. */
const NEIGHBOURS = 8;

/** Entries by their credentials: a bounded number, of which the least recently used goes first. */
export class AgentEntries {
  readonly #limit: number;
  /** No key tells anything of a token: an entry alone knows its own, for as long as it is here. */
  readonly #entries = new Map<number, AgentEntry>();
  readonly #make: (identity: AgentIdentity) => AgentEntry;
  #uses = 0;

  constructor(limit: number, make: (identity: AgentIdentity) => AgentEntry) {
    this.#limit = limit;
    this.#make = make;
  }

  /** Finds an entry without counting that as a use. @param base what is configured */
  peek(identity: AgentIdentity, base: AgentIdentity): AgentEntry | undefined {
    return this.#find(identityKey(identity, base), identity);
  }

  /** Uses an entry, made first if there is none. @param base what is configured */
  use(identity: AgentIdentity, base: AgentIdentity): AgentEntry {
    const key = identityKey(identity, base);
    const found = this.#find(key, identity);
    const entry = found ?? this.#make(identity);
    this.#uses += 1;
    entry.usedAt = this.#uses;
    if (!found) {
      this.#entries.set(this.#placeFor(key), entry);
      this.#evict();
    }
    return entry;
  }

  /** At its number or one of those behind it. Nobody is given an agent of others, whatever their numbers. */
  #find(key: number, identity: AgentIdentity): AgentEntry | undefined {
    for (let place = key; place < key + NEIGHBOURS; place += 1) {
      const there = this.#entries.get(place);
      if (there?.subject && isSameIdentity(there.subject, identity)) return there;
    }
    return undefined;
  }

  /** Where a new one stands; when all are taken, it takes turns with the last. */
  #placeFor(key: number): number {
    let place = key;
    while (this.#entries.has(place) && place < key + NEIGHBOURS - 1) place += 1;
    return place;
  }

  delete(entry: AgentEntry): void {
    for (const [key, held] of this.#entries) if (held === entry) this.#entries.delete(key);
  }

  all(): AgentEntry[] {
    return [...this.#entries.values()];
  }

  /**
   * Drops references only: whoever holds an evicted agent goes on using it. Looking for the one to go is dear, but next
   * to nothing beside the creation that makes it necessary; an order kept at each hit would be paid there.
   */
  #evict(): void {
    while (this.#entries.size > this.#limit) {
      let oldest: number | undefined;
      let usedAt = this.#uses;
      for (const [key, entry] of this.#entries) {
        if (entry.usedAt >= usedAt || entry.isCreating) continue;
        oldest = key;
        usedAt = entry.usedAt;
      }
      if (oldest === undefined) return;
      this.#entries.delete(oldest);
    }
  }
}

import type { FacebookSettings } from '../config.ts';
import type { AgentEntry } from './agent-entry.ts';
import { identityKey, isSameIdentity } from './agent-identity.ts';

/** An entry beside the settings of its agents, which they hold anyway. */
interface Held {
  readonly settings: FacebookSettings;
  readonly entry: AgentEntry;
}

/** Entries by their credentials: a bounded number, of which the least recently used goes first. */
export class AgentEntries {
  readonly #limit: number;
  /** In order of use, the least recent first; no key tells anything of a token. */
  readonly #entries = new Map<number, Held>();
  readonly #onEvict: (entry: AgentEntry) => void;

  constructor(limit: number, onEvict: (entry: AgentEntry) => void) {
    this.#limit = limit;
    this.#onEvict = onEvict;
  }

  /** Finds an entry without counting that as a use. @param base what is configured */
  peek(settings: FacebookSettings, base: FacebookSettings): AgentEntry | undefined {
    const held = this.#entries.get(identityKey(settings, base));
    return held && isSameIdentity(held.settings, settings) ? held.entry : undefined;
  }

  /** Uses an entry, made first if there is none. @param base what is configured */
  use(settings: FacebookSettings, base: FacebookSettings, make: () => AgentEntry): AgentEntry {
    const key = identityKey(settings, base);
    const found = this.#entries.get(key);
    if (found) this.#entries.delete(key);
    if (found && isSameIdentity(found.settings, settings)) {
      this.#entries.set(key, found);
      return found.entry;
    }
    // Two that share a number, which is next to never, take turns: neither is given the other's agent.
    if (found) this.#onEvict(found.entry);
    const entry = make();
    this.#entries.set(key, { settings, entry });
    this.#evict(key);
    return entry;
  }

  delete(entry: AgentEntry): void {
    for (const [key, held] of this.#entries) if (held.entry === entry) this.#entries.delete(key);
  }

  all(): AgentEntry[] {
    return Array.from(this.#entries.values(), ({ entry }) => entry);
  }

  /** Drops references only: whoever holds an evicted agent goes on using it. */
  #evict(inUse: number): void {
    for (const [key, { entry }] of this.#entries) {
      if (this.#entries.size <= this.#limit) return;
      if (key === inUse || entry.isCreating) continue;
      this.#entries.delete(key);
      this.#onEvict(entry);
    }
  }
}

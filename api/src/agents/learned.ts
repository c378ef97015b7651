import type { AgentSession } from './agent-session.ts';

/** How many questions are remembered as too heavy. */
const HEAVY_KEPT = 200;

/** What an agent has learned of its account and of Graph, and keeps between calls: the same for all who call. */
export class Learned {
  readonly #account: { session: AgentSession | undefined; readAt: number } = {
    session: undefined,
    readAt: 0,
  };
  readonly #heavy = new Set<string>();

  /** What connecting has taught; undefined before. */
  get session(): AgentSession | undefined {
    return this.#account.session;
  }

  set session(session: AgentSession | undefined) {
    this.#account.session = session;
  }

  /** When the account's own state was read last, in milliseconds since 1970. */
  get accountReadAt(): number {
    return this.#account.readAt;
  }

  set accountReadAt(moment: number) {
    this.#account.readAt = moment;
  }

  /** Whether a question was too heavy to wait for: it is asked by report at once. */
  isHeavy(question: string): boolean {
    return this.#heavy.has(question);
  }

  noteHeavy(question: string): void {
    if (this.#heavy.size >= HEAVY_KEPT) this.#heavy.clear();
    this.#heavy.add(question);
  }
}

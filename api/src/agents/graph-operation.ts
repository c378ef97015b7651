import { GraphDeadlineError } from './graph-errors.ts';

/**
 * One thing asked of the agent, however many Graph calls it takes: its pages, retries and waits
 * share one budget and one signal.
 */
export class GraphOperation {
  readonly signal: AbortSignal | undefined;
  #endsAt: number;

  /** @param budgetSeconds all that the operation may take. */
  constructor(budgetSeconds: number, signal?: AbortSignal) {
    this.signal = signal;
    this.#endsAt = performance.now() + budgetSeconds * 1000;
  }

  /** Milliseconds left, never negative. */
  get remainingMs(): number {
    return Math.max(0, this.#endsAt - performance.now());
  }

  /** Gives back time that was spent on something with a budget of its own. */
  extend(milliseconds: number): void {
    this.#endsAt += milliseconds;
  }

  /** @throws the signal's reason, or GraphDeadlineError when the budget is spent. */
  check(): void {
    this.signal?.throwIfAborted();
    if (this.remainingMs === 0) throw new GraphDeadlineError({ reason: 'budget' });
  }

  /** Waits, unless the signal aborts first: then it rejects with the signal's reason. */
  sleep(milliseconds: number): Promise<void> {
    const { signal } = this;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const abort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, milliseconds);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }
}

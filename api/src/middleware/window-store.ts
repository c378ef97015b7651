import type { ClientRateLimitInfo, Options, Store } from 'express-rate-limit';

interface Window {
  hits: number;
  /** By the monotonic clock, milliseconds. */
  startedAt: number;
}

/** Callers remembered at most: over it those go whose window began first. */
const MOST_CALLERS = 100_000;

/**
 * Counts in this process's memory. A window ends when its time has passed, whatever is done to the wall clock:
 * nobody waits longer for a clock that was set back.
 */
export class WindowStore implements Store {
  readonly localKeys = true;
  readonly #windows = new Map<string, Window>();
  #windowMs = 60_000;

  init({ windowMs }: Pick<Options, 'windowMs'>): void {
    this.#windowMs = windowMs;
  }

  get(key: string): ClientRateLimitInfo | undefined {
    const window = this.#current(key);
    return window && this.#infoOf(window);
  }

  increment(key: string): ClientRateLimitInfo {
    const window = this.#current(key) ?? this.#begin(key);
    window.hits += 1;
    return this.#infoOf(window);
  }

  decrement(key: string): void {
    const window = this.#current(key);
    if (window && window.hits > 0) window.hits -= 1;
  }

  resetKey(key: string): void {
    this.#windows.delete(key);
  }

  #begin(key: string): Window {
    // In order of their beginning: what has ended stands first.
    this.#windows.delete(key);
    for (const [other, { startedAt }] of this.#windows) {
      if (this.#windows.size < MOST_CALLERS && this.#isCurrent(startedAt)) break;
      this.#windows.delete(other);
    }
    const window = { hits: 0, startedAt: performance.now() };
    this.#windows.set(key, window);
    return window;
  }

  #current(key: string): Window | undefined {
    const window = this.#windows.get(key);
    return window && this.#isCurrent(window.startedAt) ? window : undefined;
  }

  #isCurrent(startedAt: number): boolean {
    const passed = performance.now() - startedAt;
    // Less than nothing passes only where somebody sets this clock, too.
    return passed >= 0 && passed < this.#windowMs;
  }

  #infoOf({ hits, startedAt }: Window): ClientRateLimitInfo {
    const left = this.#windowMs - (performance.now() - startedAt);
    return { totalHits: hits, resetTime: new Date(Date.now() + left) };
  }
}

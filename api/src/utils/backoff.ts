import { currentInstant, type Instant, secondsSince } from './elapsed.ts';

export interface BackoffOptions {
  /** Seconds after the first failure; doubled by each further one. */
  initial: number;
  /** Never longer than this, in seconds. */
  max: number;
}

/** Exponential backoff with jitter: counts failures in a row and knows how long to leave the other side alone. */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;
  #since: Instant | undefined;
  #delay = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /**
   * Counts a failure.
   * @param atLeast seconds that the other side asked for.
   * @returns the seconds until the next try is allowed.
   */
  fail(atLeast = 0): number {
    const { initial, max } = this.#options;
    const ceiling = Math.min(max, initial * 2 ** this.#failures);
    this.#failures += 1;
    this.#since = currentInstant();
    // Shortened by up to a quarter, so that processes that failed together do not come back together.
    this.#delay = Math.max(ceiling * (1 - Math.random() / 4), atLeast);
    return this.#delay;
  }

  reset(): void {
    this.#failures = 0;
    this.#since = undefined;
  }

  /** Seconds until the next try is allowed; 0 when it is allowed now. */
  remaining(): number {
    return this.#since ? Math.max(0, this.#delay - secondsSince(this.#since)) : 0;
  }
}

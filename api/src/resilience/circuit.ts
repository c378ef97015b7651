export type CircuitState = 'closed' | 'open' | 'half-open';

/** What a failed call says about the other side; `unknown`: nothing, as one whose caller gave up. */
export type CircuitVerdict = 'down' | 'up' | 'unknown';

/** Times in seconds. */
export interface CircuitOptions {
  /** So many calls must have ended within the window before it can open. */
  minimum: number;
  /** It opens when more than this part of them found the other side down. */
  ratio: number;
  window: number;
  /** From opening to the probe. */
  probeAfter: number;
  onChange?: (state: CircuitState) => void;
}

/** The circuit is open: no call was made. */
export class CircuitOpenError extends Error {
  /** Seconds until the next call is let through as a probe. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('The circuit is open');
    this.name = 'CircuitOpenError';
    this.retryAfter = retryAfter;
  }
}

interface Bucket {
  second: number;
  ended: number;
  down: number;
}

/** Right after a recovery so few calls are enough to open it again: what has just come back may not last. */
const MINIMUM_AFTER_RECOVERY = 3;

/**
 * Keeps calls from a system that is down. Only calls that were made and have ended count, and only those that
 * began since its last change; one probe decides whether it closes. Judged by a clock that nobody sets.
 */
export class Circuit {
  readonly #options: CircuitOptions;
  #state: CircuitState = 'closed';
  /** Changes with the state: what an earlier call has to say is out of date. */
  #era = 0;
  #openedAt = 0;
  #probing = false;
  #recovering = 0;
  #buckets: Bucket[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(options: CircuitOptions) {
    this.#options = options;
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** Whether the next call would be the probe. */
  get awaitsProbe(): boolean {
    return this.#state === 'half-open' && !this.#probing;
  }

  /**
   * @param judge what an error says about the other side; a success says that it is up
   * @throws {CircuitOpenError} at once, without a call, while it is open or the probe is out
   */
  async run<T>(work: () => Promise<T>, judge: (error: unknown) => CircuitVerdict): Promise<T> {
    if (this.#state !== 'closed' && !this.awaitsProbe) throw new CircuitOpenError(this.#secondsToProbe());
    if (this.#state === 'half-open') this.#probing = true;
    const era = this.#era;
    try {
      const result = await work();
      this.#learn(era, 'up');
      return result;
    } catch (error) {
      this.#learn(era, judge(error));
      throw error;
    }
  }

  /** Ends its timer. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #learn(era: number, verdict: CircuitVerdict): void {
    if (era !== this.#era) return;
    if (this.#state === 'half-open') {
      if (verdict === 'up') this.#close();
      else this.#open();
      return;
    }
    if (verdict === 'unknown') return;
    this.#count(verdict === 'down');
    if (this.#isTooMuch()) this.#open();
  }

  #count(down: boolean): void {
    const second = Math.floor(performance.now() / 1000);
    let bucket = this.#buckets.at(-1);
    if (bucket?.second !== second) {
      bucket = { second, ended: 0, down: 0 };
      this.#buckets = [...this.#buckets.filter((old) => second - old.second < this.#options.window), bucket];
    }
    bucket.ended += 1;
    if (down) bucket.down += 1;
    if (this.#recovering > 0) this.#recovering -= 1;
  }

  #isTooMuch(): boolean {
    const { minimum, ratio } = this.#options;
    const ended = this.#buckets.reduce((sum, bucket) => sum + bucket.ended, 0);
    const down = this.#buckets.reduce((sum, bucket) => sum + bucket.down, 0);
    const enough = this.#recovering > 0 ? Math.min(MINIMUM_AFTER_RECOVERY, minimum) : minimum;
    return ended >= enough && down > ended * ratio;
  }

  #open(): void {
    this.#change('open');
    this.#openedAt = performance.now();
    this.#timer = setTimeout(() => this.#change('half-open'), this.#options.probeAfter * 1000).unref();
  }

  #close(): void {
    this.#recovering = this.#options.minimum;
    this.#change('closed');
  }

  #change(state: CircuitState): void {
    clearTimeout(this.#timer);
    this.#state = state;
    this.#era += 1;
    this.#probing = false;
    this.#buckets = [];
    this.#options.onChange?.(state);
  }

  #secondsToProbe(): number {
    const passed = (performance.now() - this.#openedAt) / 1000;
    return Math.max(0, this.#options.probeAfter - passed);
  }
}

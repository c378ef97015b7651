import { orAborted } from './shared-work.ts';

/**
 * One piece of work that many callers wait for: started by the first, kept once it succeeded,
 * started anew by the next caller after it failed. A caller that gives up rejects alone; the work
 * is aborted when every caller has given up.
 */
export class SharedConnect {
  readonly #work: (signal: AbortSignal) => Promise<void>;
  #running: { promise: Promise<void>; abort: AbortController; waiters: number } | undefined;
  #done = false;

  constructor(work: (signal: AbortSignal) => Promise<void>) {
    this.#work = work;
  }

  get done(): boolean {
    return this.#done;
  }

  /** Takes the work for done. */
  skip(): void {
    this.#done = true;
  }

  /** @throws what the work threw, or the signal's reason. */
  async join(signal?: AbortSignal): Promise<void> {
    if (this.#done) return;
    signal?.throwIfAborted();
    this.#running ??= this.#start();
    const run = this.#running;
    run.waiters++;
    try {
      await (signal ? orAborted(run.promise, signal) : run.promise);
    } finally {
      run.waiters--;
      if (run.waiters === 0 && this.#running === run) {
        this.#running = undefined;
        run.abort.abort();
      }
    }
  }

  #start() {
    const abort = new AbortController();
    const promise = this.#work(abort.signal).then(() => {
      this.#done = true;
    });
    // Every waiter may be gone when it fails.
    promise.catch(() => {});
    return { promise, abort, waiters: 0 };
  }
}

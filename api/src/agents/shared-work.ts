/**
 * Work that everybody who asks for the same at the same time waits for together. A caller that gives up rejects
 * alone; the work is aborted when every caller has given up. Nothing is kept once it has ended.
 */
export class SharedWork<T> {
  readonly #running = new Map<string, { promise: Promise<T>; abort: AbortController; waiters: number }>();

  /**
   * @param key what is the same question
   * @throws what the work threw, or the signal's reason
   */
  async join(key: string, work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const run = this.#running.get(key) ?? this.#start(key, work);
    run.waiters++;
    try {
      return await (signal ? orAborted(run.promise, signal) : run.promise);
    } finally {
      run.waiters--;
      if (run.waiters === 0) {
        if (this.#running.get(key) === run) this.#running.delete(key);
        run.abort.abort();
      }
    }
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<T>) {
    const abort = new AbortController();
    const run = { promise: work(abort.signal), abort, waiters: 0 };
    this.#running.set(key, run);
    // Every waiter may be gone when it ends.
    const forget = (): void => {
      if (this.#running.get(key) === run) this.#running.delete(key);
    };
    run.promise.then(forget, forget);
    return run;
  }
}

/** Settles as the promise does, unless the signal aborts first: then it rejects with the signal's reason. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

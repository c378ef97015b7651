type Timeout = ReturnType<typeof setTimeout>;

interface Waiting {
  at: number;
  run: () => void;
}

/** The least of a fake clock: both clocks and `setTimeout`, moved by hand. Milliseconds. */
export class FakeTime {
  readonly #real = {
    dateNow: Date.now,
    performanceNow: performance.now,
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
  };
  readonly #waiting = new Map<object, Waiting>();
  #now = 1_700_000_000_000;

  get pending(): number {
    return this.#waiting.size;
  }

  install(): void {
    Date.now = () => this.#now;
    performance.now = () => this.#now;
    const fakeSetTimeout = (run: () => void, delay = 0): Timeout => {
      const handle = { unref: () => handle, ref: () => handle } as Timeout;
      this.#waiting.set(handle, { at: this.#now + delay, run });
      return handle;
    };
    globalThis.setTimeout = Object.assign(fakeSetTimeout, this.#real.setTimeout);
    globalThis.clearTimeout = (handle) => {
      if (typeof handle === 'object') this.#waiting.delete(handle);
    };
  }

  uninstall(): void {
    const { dateNow, performanceNow, setTimeout, clearTimeout } = this.#real;
    Date.now = dateNow;
    Reflect.deleteProperty(performance, 'now');
    if (performance.now !== performanceNow) performance.now = performanceNow;
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }

  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const due = [...this.#waiting].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      const [handle, { at, run }] = due;
      this.#waiting.delete(handle);
      this.#now = at;
      run();
    }
    this.#now = end;
  }
}

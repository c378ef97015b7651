type Timeout = ReturnType<typeof setTimeout>;

interface Waiting {
  at: number;
  run: () => void;
}

/**
 * Both clocks and `setTimeout`, moved by hand, in milliseconds: what jest's fake timers do, at a
 * fraction of the cost, and with a wall clock that can jump by itself.
 */
export class FakeTime {
  readonly #waiting = new Map<object, Waiting>();
  #mono = 5000;
  #wall = 1_700_000_000_000;
  #restore: () => void = () => {};

  get mono(): number {
    return this.#mono;
  }

  get wall(): number {
    return this.#wall;
  }

  /** Timers not yet due. */
  get pending(): number {
    return this.#waiting.size;
  }

  install(): void {
    const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;
    const realDateNow = Object.getOwnPropertyDescriptor(Date, 'now') ?? {};
    this.#restore = () => {
      Object.assign(globalThis, { setTimeout: realSetTimeout, clearTimeout: realClearTimeout });
      Object.defineProperty(Date, 'now', realDateNow);
      // The platform's own stands on the prototype.
      Reflect.deleteProperty(performance, 'now');
    };
    Date.now = () => this.#wall;
    performance.now = () => this.#mono;
    const fakeSetTimeout = (run: () => void, delay = 0): Timeout => {
      const handle = { unref: () => handle, ref: () => handle } as Timeout;
      this.#waiting.set(handle, { at: this.#mono + delay, run });
      return handle;
    };
    globalThis.setTimeout = Object.assign(fakeSetTimeout, realSetTimeout);
    globalThis.clearTimeout = (handle) => {
      if (typeof handle === 'object') this.#waiting.delete(handle);
    };
  }

  uninstall(): void {
    this.#restore();
  }

  /** Both clocks run on, and timers fire when they are due. */
  advance(milliseconds: number): void {
    const end = this.#mono + milliseconds;
    for (let due = this.#nextDue(end); due; due = this.#nextDue(end)) {
      this.#waiting.delete(due.handle);
      this.#tick(due.at - this.#mono);
      due.run();
    }
    this.#tick(end - this.#mono);
  }

  /** The wall clock alone: forward as after a night asleep, back as when it is set right. */
  jumpWall(milliseconds: number): void {
    this.#wall += milliseconds;
  }

  #nextDue(end: number) {
    let next: (Waiting & { handle: object }) | undefined;
    for (const [handle, { at, run }] of this.#waiting) {
      if (at <= end && (!next || at < next.at)) next = { handle, at, run };
    }
    return next;
  }

  #tick(milliseconds: number): void {
    this.#mono += milliseconds;
    this.#wall += milliseconds;
  }
}

import { type Fault, type FaultSpec, faultSpec } from './fault-spec.ts';
import { readLimit } from './paging.ts';
import type { RouteName } from './route-name.ts';

/** A fault that is switched on. */
export interface ActiveFault {
  readonly id: string;
  readonly fault: Fault;
  /** Requests that it has hit so far. */
  readonly hits: number;
  /** Aborts when the requests held by it may go on. */
  readonly gate: AbortSignal;
  /** When a throttle ends, milliseconds since 1970. */
  readonly endsAt: number | undefined;
  /** Resolves once it has hit so many requests, one by default; those it holds are then held. */
  struck(times?: number): Promise<void>;
  /** Lets held requests go on; the fault stays on for those to come. */
  release(): void;
  /** Switches it off and lets held requests go on. */
  clear(): void;
}

export interface Hit {
  route: RouteName | 'unknown';
  token: string;
  params: URLSearchParams;
}

/** The faults of a server, by route and by token. The first that was added wins. */
export class Faults {
  readonly #now: () => Date;
  readonly #active = new Map<string, FaultState>();
  #lastId = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Switches a fault on. @throws ZodError when the spec is not one */
  add(spec: FaultSpec): ActiveFault {
    const fault = faultSpec.parse(spec);
    const id = `fault-${++this.#lastId}`;
    const endsAt = fault.kind === 'throttle' ? this.#now().getTime() + fault.regainSeconds * 1000 : undefined;
    const state = new FaultState(id, fault, endsAt, () => this.#active.delete(id));
    this.#active.set(id, state);
    return state;
  }

  list(): readonly ActiveFault[] {
    return [...this.#active.values()];
  }

  /** Switches one fault off, or all. */
  clear(id?: string): void {
    for (const state of this.#active.values()) {
      if (id === undefined || state.id === id) state.clear();
    }
  }

  /** The fault that a request meets, counted as hit. */
  take(hit: Hit): ActiveFault | undefined {
    const now = this.#now().getTime();
    for (const state of this.#active.values()) {
      if (state.endsAt !== undefined && now >= state.endsAt) this.#active.delete(state.id);
      else if (meets(state.fault, hit) && state.take()) {
        if (state.isSpent) this.#active.delete(state.id);
        return state;
      }
    }
    return undefined;
  }
}

class FaultState implements ActiveFault {
  readonly id: string;
  readonly fault: Fault;
  readonly endsAt: number | undefined;
  hits = 0;
  #passed = 0;
  #gate = new AbortController();
  readonly #remove: () => void;
  readonly #waiting = new Set<() => void>();

  constructor(id: string, fault: Fault, endsAt: number | undefined, remove: () => void) {
    this.id = id;
    this.fault = fault;
    this.endsAt = endsAt;
    this.#remove = remove;
  }

  get gate(): AbortSignal {
    return this.#gate.signal;
  }

  get isSpent(): boolean {
    return this.hits >= (this.fault.times ?? Number.POSITIVE_INFINITY);
  }

  /** False while it lets requests pass. */
  take(): boolean {
    if (this.#passed < (this.fault.skip ?? 0)) {
      this.#passed++;
      return false;
    }
    this.hits++;
    for (const check of this.#waiting) check();
    return true;
  }

  async struck(times = 1): Promise<void> {
    if (this.hits >= times) return;
    await new Promise<void>((resolve) => {
      const check = () => {
        if (this.hits < times) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }

  release(): void {
    this.#gate.abort();
    this.#gate = new AbortController();
  }

  clear(): void {
    this.#remove();
    this.#gate.abort();
  }
}

function meets(fault: Fault, { route, token, params }: Hit): boolean {
  const { route: routes } = fault;
  if (routes !== undefined) {
    if (route === 'unknown' || !(Array.isArray(routes) ? routes : [routes]).includes(route)) return false;
  }
  if (fault.token !== undefined && fault.token !== token) return false;
  return fault.kind !== 'too-much-data' || readLimit(params) > fault.aboveLimit;
}

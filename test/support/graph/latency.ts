import { type Prng, prng } from './prng.ts';
import type { RouteName } from './route-name.ts';

/** Milliseconds of waiting before an answer, per route; `other` is for those not named. */
export type LatencyTable = Partial<Record<RouteName | 'other', number>>;
export type LatencyChoice = 'none' | 'realistic' | LatencyTable;

// Connecting an agent asks for debug_token and account at once, and costs some 400 ms.
const REALISTIC: LatencyTable = { debug_token: 380, account: 400, me: 120, report_start: 90, other: 50 };
const SPREAD = 0.15;

// Kept from before any test installs fake timers, which would stop the server.
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

/** Makes every route as slow as wanted, by timers. */
export class Latency {
  readonly #draw: Prng;
  #table: LatencyTable = {};

  constructor(seed: string, choice: LatencyChoice) {
    this.#draw = prng(`${seed}/latency`);
    this.set(choice);
  }

  set(choice: LatencyChoice): void {
    this.#table = choice === 'none' ? {} : choice === 'realistic' ? REALISTIC : { ...choice };
  }

  /** Milliseconds for the next request of a route, within 15 % of the table's. */
  next(route: RouteName | 'unknown'): number {
    const base = (route === 'unknown' ? undefined : this.#table[route]) ?? this.#table.other ?? 0;
    return base * (1 - SPREAD + 2 * SPREAD * this.#draw());
  }
}

/** Waits; ends early when the signal aborts, and with Infinity only then. Zero does not even yield. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return;
  await new Promise<void>((resolve) => {
    // A timer takes Infinity for no time at all.
    const timer = Number.isFinite(ms) ? startTimer(done, ms) : undefined;
    signal.addEventListener('abort', done, { once: true });
    function done() {
      stopTimer(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}

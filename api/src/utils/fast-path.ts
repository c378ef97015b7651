import { clocksAreNative } from './elapsed.ts';
import { markedTurn, markTurn } from './turn.ts';

/** Bounds what a turn that does not end can serve on one look at the clocks. */
const HITS_PER_LOOK = 1000;
/** Hits closer together than this are taken for the beginning of more. */
const BURST_SECONDS = 0.001;
/** What is good for less than this gets a look at every hit: a turn may block for longer than it lasts. */
const LONGEST_TURN_SECONDS = 1;

/**
 * Lets hits pass without a look at the clocks, which would cost more than all the rest of a hit:
 * until the end of a turn of the event loop in which the value's age was looked at, and during
 * which next to no time passes. Hits that are far apart get nothing from that, and do not pay for it.
 */
export class FastPath<T> {
  #promise: Promise<T> | undefined;
  #turn = 0;
  #hitsLeft = 0;
  #maxAge = 0;
  #lastAge = 0;

  /** What a reader with this TTL is served without a look; undefined when there must be one. */
  take(maxAge: number): Promise<T> | undefined {
    const isOpen = this.#promise !== undefined && this.#turn === markedTurn() && this.#hitsLeft > 0;
    if (!isOpen || maxAge < this.#maxAge || !clocksAreNative()) return undefined;
    this.#hitsLeft -= 1;
    return this.#promise;
  }

  /**
   * The value was looked at now.
   * @param age in seconds.
   * @param maxAge a TTL by which it is fresh.
   * @param freshFor seconds that it stays so.
   */
  open(promise: Promise<T>, age: number, maxAge: number, freshFor: number): void {
    const sinceLast = age - this.#lastAge;
    this.#lastAge = age;
    if (sinceLast > BURST_SECONDS || freshFor < LONGEST_TURN_SECONDS) return;
    this.#promise = promise;
    this.#turn = markTurn();
    this.#hitsLeft = HITS_PER_LOOK;
    this.#maxAge = maxAge;
  }

  close(): void {
    this.#promise = undefined;
  }
}

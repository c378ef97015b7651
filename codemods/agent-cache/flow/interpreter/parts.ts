import type { Telling } from './tells-apart.ts';
import { CALLERS } from './values.ts';

const FIRST = 6;
const LAST = 27;
/** How many names lead to a part at most: what is deeper goes by the part that it is in. */
const DEEPEST = 4;
/** It is a text that tells all that it was made of: how an object is as a text was not asked of it. */
const WRITTEN = 1 << 28;
/** Made of a part in a way that may be the same for two of them: how long a text is. */
const BLURRED = 1 << 29;
/** A part beyond those that can be told apart. */
const UNTOLD = 1 << 30;
/** The bits of `from` that tell parts. */
export const PARTS = ~((1 << FIRST) - 1) & 0x7fffffff;
/** The part of all that a call is given, where its parts are not told apart. */
export const ARGUMENT = 1 << FIRST;

/** What a value has of its caller, with the parts of that. */
export const OF_CALLER = CALLERS | PARTS;

/** Properties that texts and lists have as well: who reads them shows no object of a request. */
const OF_TEXT = /^(length|size|byteLength|\*|\d+)$/;

/**
 * What the values of a run have of a call, part by part: `store.token`, the second argument. Each is a bit of `from`, so
 * that it goes wherever the value goes.
 */
export class Parts {
  readonly #ways: (readonly string[])[] = [];
  /** Those of them that were made to a text as they are: one of objects is the same for all. */
  readonly #asTexts = new Set<readonly string[]>();
  /** Those of which parts are read that are not told from them. */
  readonly #objects = new Set<readonly string[]>();

  /** The bit of a part, by the names on the way to it. */
  bitOf(...way: readonly string[]): number {
    const known = this.#ways.findIndex((each) => isSame(each, way));
    const index = known === -1 ? this.#ways.length : known;
    if (FIRST + index > LAST) return UNTOLD;
    this.#ways[index] = way;
    return 1 << (FIRST + index);
  }

  /** Where a value comes from that is a property of one of such an origin: that of what was made of a part is none of it. */
  within(from: number, name: string): number {
    if ((from & BLURRED) !== 0) return from;
    return this.#waysOf(from).reduce(
      (bits, way) => {
        if (way.length < DEEPEST) return bits | this.bitOf(...way, name);
        if (!OF_TEXT.test(name)) this.#objects.add(way);
        return bits | this.bitOf(...way) | BLURRED;
      },
      from & ~(this.#all() | WRITTEN),
    );
  }

  /** Where a value comes from that was made of one of such an origin by a function or an operator. */
  made(from: number, how: Telling): number {
    if ((from & PARTS) === 0) return from;
    if (how === 'written') return from | WRITTEN;
    return how === 'text' ? this.asText(from) : from | BLURRED;
  }

  /** Where a text of a value comes from: of an object it tells nothing. */
  asText(from: number): number {
    if ((from & WRITTEN) === 0) for (const way of this.#waysOf(from)) this.#asTexts.add(way);
    return from;
  }

  /** Whether something has more of a call than there are bits for. */
  isUntold(from: number): boolean {
    return (from & UNTOLD) !== 0;
  }

  /**
   * What a value has of a call that a key does not have: none where two calls whose keys are the same have the same value.
   * @returns the ways to it, as far as they are told; undefined where none is, and it may have something all the same
   */
  beyond(key: number, value: number): (readonly string[])[] | undefined {
    const needed = this.#waysOf(value);
    const known = (key & BLURRED) === 0 ? this.#waysOf(key).filter((way) => !this.#isTextOfObject(way)) : [];
    const beyond = needed.filter((way) => !known.some((each) => isWithin(way, each)));
    const isTold = beyond.length > 0 || (needed.length > 0 && !this.isUntold(value));
    return isTold ? beyond : undefined;
  }

  /** Whether something was made to a text as it is, of which parts are read: it is an object. */
  #isTextOfObject(way: readonly string[]): boolean {
    if (!this.#asTexts.has(way)) return false;
    if (this.#objects.has(way)) return true;
    return this.#ways.some((each) => {
      const next = each[way.length];
      return next !== undefined && !OF_TEXT.test(next) && isWithin(each, way);
    });
  }

  /** The ways to the parts in a value. */
  #waysOf(from: number): (readonly string[])[] {
    return this.#ways.filter((_, index) => (from & (1 << (FIRST + index))) !== 0);
  }

  #all(): number {
    return ((1 << this.#ways.length) - 1) << FIRST;
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && isWithin(one, other);
}

function isWithin(way: readonly string[], other: readonly string[]): boolean {
  return other.every((name, index) => way[index] === name);
}

import { CALLERS } from './values.ts';

const FIRST = 6;
const LAST = 28;
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

/** Gives the same text for no two things, as far as people use it for keys. */
const TELLS_APART =
  /(^|\.)(toString|valueOf|trim\w*|pad(Start|End)|concat|join|String|Buffer\.from|toJSON|en(code|crypt)\w*|\w*(hash|hex|base64|digest|stringify|serialize|canonical\w*|sha\d*|md5|fingerprint|key)\w*|createH\w+|update)$/i;

/**
 * What the values of a run have of a call, part by part: `store.token`, the second argument. Each is a bit of `from`, so
 * that it goes wherever the value goes.
 */
export class Parts {
  readonly #ways: (readonly string[])[] = [];
  /** There are more than can be told apart. */
  isFull = false;

  /** The bit of a part, by the names on the way to it. */
  bitOf(...way: readonly string[]): number {
    const known = this.#ways.findIndex((each) => isSame(each, way));
    const index = known === -1 ? this.#ways.length : known;
    if (FIRST + index > LAST) {
      this.isFull = true;
      return UNTOLD;
    }
    this.#ways[index] = way;
    return 1 << (FIRST + index);
  }

  /** Where a value comes from that is a property of one of such an origin. */
  within(from: number, name: string): number {
    return this.#waysOf(from).reduce((bits, way) => bits | this.bitOf(...way, name), from & ~this.#all());
  }

  /** Where a value comes from that was made of one of such an origin by a function or an operator. */
  made(from: number, by: string): number {
    return (from & PARTS) === 0 || TELLS_APART.test(by) ? from : from | BLURRED;
  }

  /**
   * What a value has of a call that a key does not have: none where two calls whose keys are the same have the same value.
   * @returns the ways to it; undefined where that cannot be told
   */
  beyond(key: number, value: number): (readonly string[])[] | undefined {
    const needed = this.#waysOf(value);
    if ((value & UNTOLD) !== 0 || needed.length === 0) return undefined;
    const known = (key & BLURRED) === 0 ? this.#waysOf(key) : [];
    return needed.filter((way) => !known.some((each) => isWithin(way, each)));
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

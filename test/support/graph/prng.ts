/** Draws the next number of its sequence, 0 <= n < 1. */
export type Prng = () => number;

/** The same seed gives the same sequence on every machine (FNV-1a into mulberry32). */
export function prng(seed: string): Prng {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index++) {
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Span = readonly [min: number, max: number];

export function between(draw: Prng, [min, max]: Span): number {
  return min + draw() * (max - min);
}

/** A whole number of the span, both ends included. */
export function wholeBetween(draw: Prng, [min, max]: Span): number {
  return Math.floor(min + draw() * (max - min + 1));
}

/** `length` decimal digits. */
export function digits(draw: Prng, length: number): string {
  return Array.from({ length }, () => wholeBetween(draw, [0, 9])).join('');
}

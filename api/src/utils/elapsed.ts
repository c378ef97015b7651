/** A moment on both clocks, in milliseconds: `mono` cannot jump, `wall` goes on while the machine sleeps. */
export interface Instant {
  readonly mono: number;
  readonly wall: number;
}

/** The clocks are looked up on every call, so that replacing the globals at any time replaces them here. */
export function currentInstant(): Instant {
  return { mono: performance.now(), wall: Date.now() };
}

/**
 * Seconds since `start`: the larger of what the two clocks say. A wall clock set back cannot make
 * anything younger, and hours asleep count although the monotonic clock slept too.
 */
export function secondsSince(start: Instant): number {
  return Math.max(performance.now() - start.mono, Date.now() - start.wall, 0) / 1000;
}

import { performance as platformPerformance } from 'node:perf_hooks';

/** A moment on both clocks, in milliseconds: `mono` cannot jump, `wall` goes on while the machine sleeps. */
export interface Instant {
  readonly mono: number;
  /** Since {@link ORIGIN}. */
  readonly wall: number;
}

/** Near enough for moments to be small numbers: those of a value take no memory of their own when they are whole. */
export const ORIGIN = Date.now();

/** The clocks are looked up on every call, so that replacing the globals at any time replaces them here. */
export function currentInstant(): Instant {
  return { mono: performance.now(), wall: Date.now() - ORIGIN };
}

/**
 * Seconds since `start`: the larger of what the two clocks say. A wall clock set back cannot make
 * anything younger, and hours asleep count although the monotonic clock slept too.
 */
export function secondsSince(start: Instant): number {
  return Math.max(performance.now() - start.mono, Date.now() - ORIGIN - start.wall, 0) / 1000;
}

/* oxlint-disable typescript/unbound-method -- the clocks are compared here, never called */

// A clock replaced before this module was loaded is not taken for the platform's: those have no more than these two.
const isBuiltIn =
  Date.now.name === 'now' &&
  Object.getOwnPropertyNames(Date.now).every((name) => name === 'length' || name === 'name');
const platformDateNow = isBuiltIn && Date.now;
const platformPerformanceNow: unknown = Object.getPrototypeOf(platformPerformance).now;

/**
 * Whether both clocks are the platform's own, which stand still for all practical purposes during
 * one turn of the event loop. One put in their place may jump between any two statements.
 */
export function clocksAreNative(): boolean {
  return Date.now === platformDateNow && performance.now === platformPerformanceNow;
}

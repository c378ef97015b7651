import { Backoff, type BackoffOptions } from './backoff.ts';
import type { CreationCause } from './cached-provider-options.ts';
import type { Deferred } from './deferred.ts';
import type { Instant } from './elapsed.ts';

/** A creation under way. It counts as long as it is the current one of its value: that is the fence. */
export interface Flight {
  readonly birth: Instant;
  readonly cause: CreationCause;
  readonly controller: AbortController;
  deadline?: NodeJS.Timeout;
}

/** What there is to know of a value only while it is made, is about to be, or could not be. */
export class Activity<T> {
  flight: Flight | undefined;
  /** What callers without a value to serve wait for; outlives a flight that is cancelled under them. */
  pending: Deferred<T> | undefined;
  waiters = 0;
  /** What is about to be renewed. */
  renewing: object | undefined;
  lastError: unknown;
  /** Whether the last that happened was an invalidation. */
  invalidated = false;
  readonly backoff: Backoff;

  constructor(backoff: BackoffOptions) {
    this.backoff = new Backoff(backoff);
  }

  /** Those who wait, and their number is none from now on. */
  takePending(): Deferred<T> | undefined {
    const { pending } = this;
    this.pending = undefined;
    this.waiters = 0;
    return pending;
  }
}

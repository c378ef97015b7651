import type { BackoffOptions } from './backoff.ts';

/** Why a creation was started. */
export type CreationCause = 'cold' | 'refresh' | 'invalidate';

/** `expired` is beyond the stale window; `backing-off` and `creating` are told only while nothing can be served. */
export type ProviderState = 'empty' | 'creating' | 'fresh' | 'stale' | 'expired' | 'backing-off';

export interface ProviderStats {
  /** Whether a value is held, whatever its age. */
  cached: boolean;
  /** Seconds since the held value's creation began; null without one. */
  ageSeconds: number | null;
  /** Creations whose value was taken in. */
  creationCount: number;
  /** Calls answered with the held value at once; `hits + misses` is the number of calls. */
  hits: number;
  misses: number;
  /** Hits that were older than their reader's TTL. */
  staleServes: number;
  /** Creations that failed or ran out of time. */
  failures: number;
  state: ProviderState;
}

/** What happens inside a provider. Durations and ages in seconds. */
export type ProviderEvent<T> =
  | { type: 'expired'; ageSeconds: number; ttl: number }
  | { type: 'creating'; cause: CreationCause }
  | { type: 'created'; cause: CreationCause; durationSeconds: number; creationCount: number; value: T }
  | { type: 'failed'; cause: CreationCause; error: unknown; retryInSeconds: number }
  | { type: 'invalidated'; cancelledCreation: boolean }
  /** The provider let go of a value; its holders may go on using it, so it must not be closed. */
  | { type: 'retired'; value: T; reason: 'replaced' | 'invalidated' | 'refused' };

/** Times in seconds. */
export interface CachedProviderOptions<T> {
  /** Makes a value. Should stop when `signal` aborts (deadline or invalidation); what it yields later is ignored. */
  create: (context: { signal: AbortSignal }) => Promise<T>;
  /** For how long a value is fresh to a reader who does not say, counted from the start of its creation. */
  ttl: number;
  /** How long beyond a reader's TTL a value is still served while a new one is made. Default 0: not at all. */
  staleFor?: number;
  /** Fraction of the reader's TTL after which a hit starts a refresh in the background. 0 or 1, the default: off. */
  refreshAhead?: number;
  /** Default 1 to 60 seconds. */
  backoff?: Partial<BackoffOptions>;
  /** A creation that takes longer fails with {@link CreateTimeoutError}. Default 30. */
  createTimeout?: number;
  /** For a value that was taken over from elsewhere: when it was made. It cannot make a value younger. */
  madeAt?: (value: T) => Date | undefined;
  /** The moment after which a value must not be served at all. One already past is not believed. */
  expiresAt?: (value: T) => Date | undefined;
  /** A failure after which the held value must not be served either. */
  isFatal?: (error: unknown) => boolean;
  /** The least number of seconds to leave the other side alone after this failure. */
  retryAfter?: (error: unknown) => number | undefined;
  /** What callers get for a failure, given the seconds until the next try. Default: the error itself. */
  toCallerError?: (error: unknown, retryInSeconds: number) => unknown;
  /** Hears everything but plain hits, outside any request's async context. What it throws is dropped. */
  onEvent?: (event: ProviderEvent<T>) => void;
}

/** A creation took longer than its deadline. */
export class CreateTimeoutError extends Error {
  /** @param seconds the deadline. */
  constructor(seconds: number) {
    super(`Creation took longer than ${seconds} s`);
    this.name = 'CreateTimeoutError';
  }
}

type Times = Pick<
  CachedProviderOptions<never>,
  'ttl' | 'staleFor' | 'refreshAhead' | 'backoff' | 'createTimeout'
>;

/** Fills in the defaults. @throws {RangeError} on a number that makes no sense. */
export function withDefaults<Options extends Times>(options: Options) {
  const { ttl, staleFor = 0, refreshAhead = 1, createTimeout = 30 } = options;
  const { initial = 1, max = Math.max(60, initial) } = options.backoff ?? {};
  requireThat(ttl >= 0, 'ttl', ttl);
  requireThat(staleFor >= 0, 'staleFor', staleFor);
  requireThat(refreshAhead >= 0 && refreshAhead <= 1, 'refreshAhead', refreshAhead);
  requireThat(createTimeout > 0, 'createTimeout', createTimeout);
  requireThat(initial >= 0, 'backoff.initial', initial);
  requireThat(max >= initial, 'backoff.max', max);
  return { ...options, staleFor, refreshAhead: refreshAhead || 1, createTimeout, backoff: { initial, max } };
}

function requireThat(holds: boolean, name: string, value: number): void {
  if (!holds) throw new RangeError(`CachedProvider: ${name} cannot be ${value}`);
}

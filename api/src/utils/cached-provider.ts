import { Backoff } from './backoff.ts';
import {
  type CachedProviderOptions,
  type CreationCause,
  CreateTimeoutError,
  type ProviderEvent,
  type ProviderState,
  type ProviderStats,
  withDefaults,
} from './cached-provider-options.ts';
import { attempt, promiseOf } from './callbacks.ts';
import { afterCallers, createDeferred, type Deferred, followUntil, rejected } from './deferred.ts';
import { runDetached } from './detached.ts';
import { currentInstant, type Instant, secondsSince } from './elapsed.ts';
import { FastPath } from './fast-path.ts';

export type {
  CachedProviderOptions,
  CreationCause,
  ProviderEvent,
  ProviderState,
  ProviderStats,
} from './cached-provider-options.ts';
export { CreateTimeoutError } from './cached-provider-options.ts';

interface Entry<T> {
  readonly value: T;
  /** Already resolved with `value`: every hit gets this very object. */
  readonly promise: Promise<T>;
  readonly birth: Instant;
  /** Seconds that it was old when its creation began: more than 0 for what was made elsewhere. */
  readonly ageBrought: number;
  /** Seconds from birth to the value's own expiry. */
  readonly lifetime: number;
  /** The fraction of a reader's TTL at which a refresh begins. */
  readonly refreshAt: number;
}

/** A creation under way. It counts as long as it is the provider's current one: that is the fence. */
interface Flight {
  readonly birth: Instant;
  readonly cause: CreationCause;
  readonly controller: AbortController;
  deadline?: NodeJS.Timeout;
}

const LONGEST_TIMER_SECONDS = 2_147_483;

/**
 * Holds one value that is dear to create, and shares it among any number of readers, each of whom
 * judges its age by a TTL of their own. At most one creation is under way at a time; a value is at
 * most `ttl + staleFor` seconds old when served; see {@link CachedProviderOptions} for the rest.
 */
export class CachedProvider<T> {
  readonly #options: ReturnType<typeof withDefaults<T>>;
  readonly #ttl: number;
  readonly #backoff: Backoff;

  #entry: Entry<T> | undefined;
  #flight: Flight | undefined;
  /** What callers without a value to serve wait for; outlives a flight that is cancelled under them. */
  #pending: Deferred<T> | undefined;
  #waiters = 0;
  /** The entry that is about to be renewed. */
  #renewing: Entry<T> | undefined;
  #lastError: unknown;
  #invalidated = false;

  readonly #fastPath = new FastPath<T>();

  #hits = 0;
  #misses = 0;
  #staleServes = 0;
  #creationCount = 0;
  #failures = 0;

  /** @throws {RangeError} on options that make no sense. */
  constructor(options: CachedProviderOptions<T>) {
    this.#options = withDefaults(options);
    this.#ttl = options.ttl;
    this.#backoff = new Backoff(this.#options.backoff);
  }

  /**
   * The value: at once when there is one to serve, else when it is created.
   * @param maxAge the reader's TTL in seconds.
   * @param signal for a caller that may give up waiting: it alone rejects, with the signal's reason.
   * @throws what `create` rejected with (through `toCallerError`), at once while backing off.
   */
  get(maxAge: number = this.#ttl, signal?: AbortSignal): Promise<T> {
    const promise = this.#fastPath.take(maxAge);
    if (promise === undefined) return this.#getCarefully(maxAge, signal);
    this.#hits += 1;
    return promise;
  }

  /** What a reader with the default TTL could be served now; starts nothing, counts nothing. */
  peek(): T | undefined {
    const entry = this.#entry;
    return entry && secondsSince(entry.birth) < this.#servableFor(entry, this.#ttl) ? entry.value : undefined;
  }

  /**
   * Forgets the value, the backoff and the creation under way. No call that begins after this is
   * given a value whose creation began before it; those who wait move on to a new creation at once.
   */
  invalidate(): void {
    this.#drop('invalidated');
  }

  /** As {@link invalidate}, but only if `value` is still the one held. @returns whether it was. */
  discard(value: T): boolean {
    if (!this.#entry || this.#entry.value !== value) return false;
    this.#drop('refused');
    return true;
  }

  /** Starts the refresh or creation that a call would start, without being a call. */
  keepWarm(maxAge: number = this.#ttl): void {
    const entry = this.#entry;
    const age = entry ? secondsSince(entry.birth) : 0;
    if (!entry || age >= Math.min(maxAge * entry.refreshAt, entry.lifetime)) this.#refresh(age, maxAge);
  }

  /** @param maxAge the TTL in seconds by which `state` judges; the rest does not depend on it. */
  stats(maxAge: number = this.#ttl): ProviderStats {
    return {
      cached: this.#entry !== undefined,
      ageSeconds: this.#entry ? secondsSince(this.#entry.birth) : null,
      creationCount: this.#creationCount,
      hits: this.#hits,
      misses: this.#misses,
      staleServes: this.#staleServes,
      failures: this.#failures,
      state: this.#stateFor(maxAge),
    };
  }

  /** Callers that wait for a creation now. */
  get waiters(): number {
    return this.#waiters;
  }

  /** Whether a creation is under way. */
  get isCreating(): boolean {
    return this.#flight !== undefined;
  }

  /** Seconds until a creation is allowed again; 0 when not backing off. */
  get backoffSeconds(): number {
    return this.#backoff.remaining();
  }

  #getCarefully(maxAge: number, signal: AbortSignal | undefined): Promise<T> {
    const entry = this.#entry;
    const age = entry ? secondsSince(entry.birth) : 0;
    if (entry && age < this.#servableFor(entry, maxAge)) {
      this.#hits += 1;
      if (age >= maxAge) this.#staleServes += 1;
      const refreshIn = maxAge * entry.refreshAt - age;
      if (refreshIn <= 0) this.#renewSoon(entry, maxAge);
      else this.#fastPath.open(entry.promise, age, maxAge, Math.min(refreshIn, entry.lifetime - age));
      return entry.promise;
    }
    this.#misses += 1;
    if (signal?.aborted) return rejected(signal.reason);
    if (!this.#flight) {
      const retryIn = this.#backoff.remaining();
      if (retryIn > 0) return rejected(this.#toCallerError(this.#lastError, retryIn));
    }
    const { promise } = this.#join(signal);
    this.#refresh(age, maxAge);
    return maxAge < this.#ttl ? this.#youngEnough(promise, maxAge, signal) : promise;
  }

  /** A creation may bring an age along that is too high for this reader, who then has another made. */
  #youngEnough(made: Promise<T>, maxAge: number, signal: AbortSignal | undefined): Promise<T> {
    const young = made.then((value) => {
      const entry = this.#entry;
      const isTooOld =
        entry?.value === value &&
        entry.ageBrought > 0 &&
        entry.ageBrought >= this.#servableFor(entry, maxAge);
      if (!isTooOld || this.#backoff.remaining() > 0) return value;
      const { promise } = this.#join(signal);
      this.#refresh(secondsSince(entry.birth), maxAge);
      return promise;
    });
    // Its reader may have gone.
    young.catch(() => undefined);
    return young;
  }

  #join(signal: AbortSignal | undefined): { promise: Promise<T> } {
    const pending = this.#pending ?? createDeferred<T>();
    this.#pending = pending;
    this.#waiters += 1;
    if (!signal) return pending;
    const leave = () => {
      if (this.#pending === pending) this.#waiters -= 1;
    };
    return { promise: followUntil(pending.promise, signal, leave) };
  }

  /** Behind all who have called by now: none of them is kept waiting while a creation is begun. */
  #renewSoon(entry: Entry<T>, maxAge: number): void {
    if (this.#renewing === entry || this.#flight || this.#backoff.remaining() > 0) return;
    this.#renewing = entry;
    void afterCallers(() => {
      if (this.#renewing !== entry) return;
      this.#renewing = undefined;
      if (this.#entry === entry) this.#refresh(secondsSince(entry.birth), maxAge);
    });
  }

  #refresh(age: number, maxAge: number): void {
    if (this.#flight || this.#backoff.remaining() > 0) return;
    const ttl = Math.min(maxAge, this.#entry?.lifetime ?? maxAge);
    if (this.#entry && age >= ttl) this.#emit({ type: 'expired', ageSeconds: age, ttl });
    this.#start();
  }

  #start(): void {
    const cause = this.#entry ? 'refresh' : this.#invalidated ? 'invalidate' : 'cold';
    const flight: Flight = { birth: currentInstant(), cause, controller: new AbortController() };
    this.#flight = flight;
    runDetached(() => {
      this.#emit({ type: 'creating', cause });
      const { create, createTimeout } = this.#options;
      if (createTimeout <= LONGEST_TIMER_SECONDS) {
        const onDeadline = () => this.#fail(flight, new CreateTimeoutError(createTimeout));
        flight.deadline = setTimeout(onDeadline, createTimeout * 1000).unref();
      }
      promiseOf(() => create({ signal: flight.controller.signal })).then(
        (value) => this.#succeed(flight, value),
        (error) => this.#fail(flight, error),
      );
    });
  }

  /** Ends a flight. @returns false when it was no longer the current one: its outcome is void. */
  #land(flight: Flight): boolean {
    clearTimeout(flight.deadline);
    if (this.#flight !== flight) return false;
    this.#flight = undefined;
    return true;
  }

  #succeed(flight: Flight, value: T): void {
    if (!this.#land(flight)) return;
    const { cause } = flight;
    const birth = this.#birthOf(value, flight.birth);
    const previous = this.#forget();
    const pending = this.#takePending();
    pending?.resolve(value);
    const promise = pending?.promise ?? Promise.resolve(value);
    const lifetime = this.#lifetimeOf(value, birth);
    const ageBrought = (flight.birth.wall - birth.wall) / 1000;
    this.#entry = { value, promise, birth, ageBrought, lifetime, refreshAt: this.#drawRefreshAt() };
    this.#backoff.reset();
    this.#lastError = undefined;
    this.#invalidated = false;
    const creationCount = ++this.#creationCount;
    const durationSeconds = Math.max(0, performance.now() - flight.birth.mono) / 1000;
    this.#emit({ type: 'created', cause, durationSeconds, creationCount, value });
    if (previous && previous.value !== value) {
      this.#emit({ type: 'retired', value: previous.value, reason: 'replaced' });
    }
  }

  #fail(flight: Flight, error: unknown): void {
    if (!this.#land(flight)) return;
    const { isFatal, retryAfter } = this.#options;
    this.#failures += 1;
    this.#lastError = error;
    const retryInSeconds = this.#backoff.fail(attempt(() => retryAfter?.(error)));
    const refused = attempt(() => isFatal?.(error)) ? this.#forget() : undefined;
    this.#takePending()?.reject(this.#toCallerError(error, retryInSeconds));
    flight.controller.abort(error);
    this.#emit({ type: 'failed', cause: flight.cause, error, retryInSeconds });
    if (refused) this.#emit({ type: 'retired', value: refused.value, reason: 'refused' });
  }

  #drop(reason: 'invalidated' | 'refused'): void {
    const flight = this.#flight;
    const entry = this.#forget();
    this.#flight = undefined;
    this.#backoff.reset();
    this.#lastError = undefined;
    this.#invalidated = true;
    this.#emit({ type: 'invalidated', cancelledCreation: flight !== undefined });
    if (entry) this.#emit({ type: 'retired', value: entry.value, reason });
    if (!flight) return;
    clearTimeout(flight.deadline);
    if (this.#waiters === 0) this.#pending = undefined;
    else if (!this.#flight) this.#start();
    flight.controller.abort(new Error('The value was invalidated while it was created'));
  }

  #forget(): Entry<T> | undefined {
    const entry = this.#entry;
    this.#entry = undefined;
    this.#fastPath.close();
    return entry;
  }

  #takePending(): Deferred<T> | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    this.#waiters = 0;
    return pending;
  }

  #servableFor(entry: Entry<T>, maxAge: number): number {
    return Math.min(maxAge + this.#options.staleFor, entry.lifetime);
  }

  #birthOf(value: T, begun: Instant): Instant {
    const madeAt = attempt(() => this.#options.madeAt?.(value)?.getTime()) ?? begun.wall;
    const older = Math.max(0, begun.wall - madeAt);
    return { mono: begun.mono - older, wall: begun.wall - older };
  }

  #lifetimeOf(value: T, birth: Instant): number {
    const expiry = attempt(() => this.#options.expiresAt?.(value)?.getTime()) ?? Number.POSITIVE_INFINITY;
    // A value was just made with it, so a moment in the past tells of a wrong clock, here or there.
    return expiry > Date.now() ? (expiry - birth.wall) / 1000 : Number.POSITIVE_INFINITY;
  }

  #drawRefreshAt(): number {
    const { refreshAhead } = this.#options;
    // Later by up to a quarter of what remains, so that processes born together do not refresh together.
    return refreshAhead + ((1 - refreshAhead) * Math.random()) / 4;
  }

  #stateFor(maxAge: number): ProviderState {
    const entry = this.#entry;
    const age = entry ? secondsSince(entry.birth) : 0;
    if (entry && age < this.#servableFor(entry, maxAge)) return age < maxAge ? 'fresh' : 'stale';
    if (this.#flight) return 'creating';
    if (this.#backoff.remaining() > 0) return 'backing-off';
    return entry ? 'expired' : 'empty';
  }

  #toCallerError(error: unknown, retryInSeconds: number): unknown {
    const { toCallerError } = this.#options;
    return toCallerError ? (attempt(() => toCallerError(error, retryInSeconds)) ?? error) : error;
  }

  #emit(event: ProviderEvent<T>): void {
    const { onEvent } = this.#options;
    if (onEvent) attempt(() => runDetached(() => onEvent(event)));
  }
}

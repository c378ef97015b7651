import { Activity, type Flight } from './activity.ts';
import {
  type CachedProviderOptions,
  CreateTimeoutError,
  type ProviderEvent,
  type ProviderState,
  type ProviderStats,
  withDefaults,
} from './cached-provider-options.ts';
import { attempt, promiseOf } from './callbacks.ts';
import { afterCallers, createDeferred, followUntil, rejected } from './deferred.ts';
import { runDetached } from './detached.ts';
import { currentInstant, secondsSince } from './elapsed.ts';
import type { FastPath } from './fast-path.ts';
import { bornAs, Entry, lifetimeOf, refreshAt, servableFor } from './held-entry.ts';

const LONGEST_TIMER_SECONDS = 2_147_483;

/**
 * How values of one kind are made and kept: what all of them have in common, so that each holds only what is its own.
 * Each callback is told which of them it is about. Made by {@link policyOf}.
 */
export type ValuePolicy<T, Subject> = ReturnType<typeof policyOf<T, Subject>> & {
  /** For a policy of one value alone, which many ask for at once. */
  readonly fastPath?: FastPath<T>;
};

interface CreationContext {
  signal: AbortSignal;
  /** Lets go of the value that this creation makes, if it is still the one held, whenever it is called. */
  refuse: () => void;
}

export interface ValuePolicyOptions<T, Subject> extends Omit<CachedProviderOptions<T>, 'create' | 'onEvent'> {
  create: (context: CreationContext, held: HeldValue<T, Subject>) => Promise<T>;
  onEvent?: (event: ProviderEvent<T>, held: HeldValue<T, Subject>) => void;
}

/** With the counts of all its values together. @throws {RangeError} on options that make no sense. */
export function policyOf<T, Subject>(options: ValuePolicyOptions<T, Subject>) {
  const counts = { hits: 0, misses: 0, staleServes: 0, failures: 0 };
  return { ...withDefaults(options), counts };
}

/**
 * Holds one value that is dear to create, and shares it among any number of readers, each of whom
 * judges its age by a TTL of their own. At most one creation is under way at a time; a value is at
 * most `ttl + staleFor` seconds old when served; see {@link CachedProviderOptions} for the rest.
 */
export class HeldValue<T, Subject> {
  readonly #policy: ValuePolicy<T, Subject>;
  /** Whose value it is. */
  readonly subject: Subject;

  #entry: Entry<T> | undefined;
  /** None while a value is held and nothing is to be done about it. */
  #activity: Activity<T> | undefined;

  #creationCount = 0;

  constructor(policy: ValuePolicy<T, Subject>, subject: Subject) {
    this.#policy = policy;
    this.subject = subject;
  }

  /**
   * The value: at once when there is one to serve, else when it is created.
   * @param maxAge the reader's TTL in seconds.
   * @param signal for a caller that may give up waiting: it alone rejects, with the signal's reason.
   * @throws what `create` rejected with (through `toCallerError`), at once while backing off.
   */
  get(maxAge: number = this.#policy.ttl, signal?: AbortSignal): Promise<T> {
    const promise = this.#policy.fastPath?.take(maxAge);
    if (promise === undefined) return this.#getCarefully(maxAge, signal);
    this.#policy.counts.hits += 1;
    return promise;
  }

  /** What a reader with the default TTL could be served now; starts nothing, counts nothing. */
  peek(): T | undefined {
    const entry = this.#entry;
    return entry && secondsSince(entry) < servableFor(entry, this.#policy.ttl, this.#policy)
      ? entry.value
      : undefined;
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

  /** As {@link discard}, by what is known of a value before it is there. */
  refuse(entry: Entry<unknown>): void {
    if (this.#entry === entry) this.#drop('refused');
  }

  /** Starts the refresh or creation that a call would start, without being a call. */
  keepWarm(maxAge: number = this.#policy.ttl): void {
    const entry = this.#entry;
    const age = entry ? secondsSince(entry) : 0;
    if (!entry || age >= Math.min(maxAge * refreshAt(entry, this.#policy), lifetimeOf(entry)))
      this.#refresh(age, maxAge);
  }

  /**
   * Its state; hits, misses, stale serves and failures are those of all values of its policy.
   * @param maxAge the TTL in seconds by which `state` judges; the rest does not depend on it.
   */
  stats(maxAge: number = this.#policy.ttl): ProviderStats {
    return {
      cached: this.#entry !== undefined,
      ageSeconds: this.#entry ? secondsSince(this.#entry) : null,
      creationCount: this.#creationCount,
      ...this.#policy.counts,
      state: this.#stateFor(maxAge),
    };
  }

  /** Callers that wait for a creation now. */
  get waiters(): number {
    return this.#activity?.waiters ?? 0;
  }

  /** Whether a creation is under way. */
  get isCreating(): boolean {
    return this.#activity?.flight !== undefined;
  }

  /** Seconds until a creation is allowed again; 0 when not backing off. */
  get backoffSeconds(): number {
    return this.#activity?.backoff.remaining() ?? 0;
  }

  #getCarefully(maxAge: number, signal: AbortSignal | undefined): Promise<T> {
    const entry = this.#entry;
    const age = entry ? secondsSince(entry) : 0;
    if (entry && age < servableFor(entry, maxAge, this.#policy)) {
      this.#policy.counts.hits += 1;
      if (age >= maxAge) this.#policy.counts.staleServes += 1;
      const refreshIn = maxAge * refreshAt(entry, this.#policy) - age;
      if (refreshIn <= 0) this.#renewSoon(entry, maxAge);
      else
        this.#policy.fastPath?.open(entry.promise, age, maxAge, Math.min(refreshIn, lifetimeOf(entry) - age));
      return entry.promise;
    }
    this.#policy.counts.misses += 1;
    if (signal?.aborted) return rejected(signal.reason);
    const activity = this.#activity;
    if (activity && !activity.flight) {
      const retryIn = activity.backoff.remaining();
      if (retryIn > 0) return rejected(this.#toCallerError(activity.lastError, retryIn));
    }
    const { promise } = this.#join(signal);
    this.#refresh(age, maxAge);
    return maxAge < this.#policy.ttl ? this.#youngEnough(promise, maxAge, signal) : promise;
  }

  /** A creation may bring an age along that is too high for this reader, who then has another made. */
  #youngEnough(made: Promise<T>, maxAge: number, signal: AbortSignal | undefined): Promise<T> {
    const young = made.then((value) => {
      const entry = this.#entry;
      const ageBrought = entry?.value === value ? (entry.bounds?.ageBrought ?? 0) : 0;
      const isTooOld = entry && ageBrought > 0 && ageBrought >= servableFor(entry, maxAge, this.#policy);
      if (!isTooOld || this.backoffSeconds > 0) return value;
      const { promise } = this.#join(signal);
      this.#refresh(secondsSince(entry), maxAge);
      return promise;
    });
    // Its reader may have gone.
    young.catch(() => undefined);
    return young;
  }

  #join(signal: AbortSignal | undefined): { promise: Promise<T> } {
    const activity = this.#active();
    activity.pending ??= createDeferred<T>();
    activity.waiters += 1;
    const { pending } = activity;
    if (!signal) return pending;
    const leave = () => {
      if (activity.pending === pending) activity.waiters -= 1;
    };
    return { promise: followUntil(pending.promise, signal, leave) };
  }

  /** Behind all who have called by now: none of them is kept waiting while a creation is begun. */
  #renewSoon(entry: Entry<T>, maxAge: number): void {
    const activity = this.#active();
    if (activity.renewing === entry || activity.flight || activity.backoff.remaining() > 0) return;
    activity.renewing = entry;
    void afterCallers(() => {
      if (activity.renewing !== entry) return;
      activity.renewing = undefined;
      if (this.#entry === entry) this.#refresh(secondsSince(entry), maxAge);
    });
  }

  #refresh(age: number, maxAge: number): void {
    const { flight, backoff } = this.#active();
    if (flight || backoff.remaining() > 0) return;
    const ttl = Math.min(maxAge, this.#entry?.bounds?.lifetime ?? maxAge);
    if (this.#entry && age >= ttl) this.#emit({ type: 'expired', ageSeconds: age, ttl });
    this.#start();
  }

  #start(): void {
    const activity = this.#active();
    const cause = this.#entry ? 'refresh' : activity.invalidated ? 'invalidate' : 'cold';
    const flight: Flight = { birth: currentInstant(), cause, controller: new AbortController() };
    const entry = new Entry<T>(this);
    activity.flight = flight;
    runDetached(() => {
      this.#emit({ type: 'creating', cause });
      const { create, createTimeout } = this.#policy;
      if (createTimeout <= LONGEST_TIMER_SECONDS) {
        const onDeadline = () => this.#fail(flight, new CreateTimeoutError(createTimeout));
        flight.deadline = setTimeout(onDeadline, createTimeout * 1000).unref();
      }
      const context = { signal: flight.controller.signal, refuse: entry.refuse.bind(entry) };
      promiseOf(() => create(context, this)).then(
        (value) => this.#succeed(flight, entry, value),
        (error) => this.#fail(flight, error),
      );
    });
  }

  /** Ends a flight. @returns false when it was no longer the current one: its outcome is void. */
  #land(flight: Flight): boolean {
    clearTimeout(flight.deadline);
    if (this.#activity?.flight !== flight) return false;
    this.#activity.flight = undefined;
    return true;
  }

  #succeed(flight: Flight, entry: Entry<T>, value: T): void {
    // Before anything changes: the callbacks that are asked may ask for the value, or drop it.
    const made = bornAs(value, flight.birth, this.#policy);
    if (!this.#land(flight)) return;
    const { cause } = flight;
    const previous = this.#forget();
    const pending = this.#activity?.takePending();
    pending?.resolve(value);
    const promise = pending?.promise ?? Promise.resolve(value);
    this.#entry = Object.assign(entry, made, { value, promise });
    this.#activity = undefined;
    const creationCount = ++this.#creationCount;
    const durationSeconds = Math.max(0, performance.now() - flight.birth.mono) / 1000;
    this.#emit({ type: 'created', cause, durationSeconds, creationCount, value });
    if (previous && previous.value !== value) {
      this.#emit({ type: 'retired', value: previous.value, reason: 'replaced' });
    }
  }

  #fail(flight: Flight, error: unknown): void {
    if (!this.#land(flight)) return;
    const { isFatal, retryAfter } = this.#policy;
    const activity = this.#active();
    this.#policy.counts.failures += 1;
    activity.lastError = error;
    const retryInSeconds = activity.backoff.fail(attempt(() => retryAfter?.(error)));
    const refused = attempt(() => isFatal?.(error)) ? this.#forget() : undefined;
    activity.takePending()?.reject(this.#toCallerError(error, retryInSeconds));
    flight.controller.abort(error);
    this.#emit({ type: 'failed', cause: flight.cause, error, retryInSeconds });
    if (refused) this.#emit({ type: 'retired', value: refused.value, reason: 'refused' });
  }

  #drop(reason: 'invalidated' | 'refused'): void {
    const entry = this.#forget();
    const activity = this.#active();
    const { flight } = activity;
    activity.flight = undefined;
    activity.backoff.reset();
    activity.lastError = undefined;
    activity.invalidated = true;
    this.#emit({ type: 'invalidated', cancelledCreation: flight !== undefined });
    if (entry) this.#emit({ type: 'retired', value: entry.value, reason });
    if (!flight) return;
    clearTimeout(flight.deadline);
    if (activity.waiters === 0) activity.pending = undefined;
    else if (!activity.flight) this.#start();
    flight.controller.abort(new Error('The value was invalidated while it was created'));
  }

  #forget(): Entry<T> | undefined {
    const entry = this.#entry;
    this.#entry = undefined;
    this.#policy.fastPath?.close();
    return entry;
  }

  #active(): Activity<T> {
    this.#activity ??= new Activity<T>(this.#policy.backoff);
    return this.#activity;
  }

  #stateFor(maxAge: number): ProviderState {
    const entry = this.#entry;
    const age = entry ? secondsSince(entry) : 0;
    if (entry && age < servableFor(entry, maxAge, this.#policy)) return age < maxAge ? 'fresh' : 'stale';
    if (this.isCreating) return 'creating';
    if (this.backoffSeconds > 0) return 'backing-off';
    return entry ? 'expired' : 'empty';
  }

  #toCallerError(error: unknown, retryInSeconds: number): unknown {
    const { toCallerError } = this.#policy;
    return toCallerError ? (attempt(() => toCallerError(error, retryInSeconds)) ?? error) : error;
  }

  #emit(event: ProviderEvent<T>): void {
    const { onEvent } = this.#policy;
    if (onEvent) attempt(() => runDetached(() => onEvent(event, this)));
  }
}

export interface Mutant {
  name: string;
  /** In api/src/utils. */
  file: string;
  find: string;
  replace: string;
}

const core = 'held-value.ts';

/** Mistakes that caches have been shipped with, each put into a sound source by one replacement. */
export const MUTANTS: Mutant[] = [
  {
    name: 'no fence: a cancelled creation is taken in',
    file: core,
    find: 'if (this.#activity?.flight !== flight) return false;',
    replace: '',
  },
  {
    name: 'an old creation that fails clears the newer one',
    file: core,
    find: 'if (this.#activity?.flight !== flight) return false;\n    this.#activity.flight = undefined;',
    replace:
      'const current = this.#activity?.flight === flight;\n    this.#active().flight = undefined;\n    if (!current) return false;',
  },
  {
    name: 'no look at the creation under way',
    file: core,
    find: 'if (flight || backoff.remaining() > 0) return;',
    replace: 'if (backoff.remaining() > 0) return;',
  },
  {
    name: 'no backoff',
    file: 'backoff.ts',
    find: 'Math.max(0, this.#delay - secondsSince(this.#since))',
    replace: '0',
  },
  {
    name: 'a backoff that never ends',
    file: 'backoff.ts',
    find: 'Math.max(0, this.#delay - secondsSince(this.#since))',
    replace: '1',
  },
  {
    name: 'a backoff that does not grow',
    file: 'backoff.ts',
    find: 'initial * 2 ** this.#failures',
    replace: 'initial',
  },
  {
    name: 'a success does not end the backoff',
    file: core,
    find: '    this.#activity = undefined;\n',
    replace: '    this.#active().pending = undefined;\n',
  },
  {
    name: 'an invalidation does not end the backoff',
    file: core,
    find: 'activity.backoff.reset();',
    replace: '',
  },
  {
    name: 'the monotonic clock only',
    file: 'elapsed.ts',
    find: 'Date.now() - ORIGIN - start.wall',
    replace: '0',
  },
  {
    name: 'the wall clock only',
    file: 'elapsed.ts',
    find: 'performance.now() - start.mono',
    replace: '0',
  },
  {
    name: 'age counted from the end of the creation',
    file: core,
    find: 'Object.assign(entry, made, {',
    replace: 'Object.assign(entry, made, currentInstant(), {',
  },
  {
    name: 'a missing catch on what waiters share',
    file: 'deferred.ts',
    find: 'promise.catch(ignore);\n  return { promise, resolve, reject };',
    replace: 'return { promise, resolve, reject };',
  },
  {
    name: 'a missing catch on the answer during a backoff',
    file: 'deferred.ts',
    find: 'promise.catch(ignore);\n  return promise;',
    replace: 'return promise;',
  },
  {
    name: 'a missing catch on the creation',
    file: core,
    find: '(error) => this.#fail(flight, error),\n',
    replace: '',
  },
  {
    name: "the reader's TTL ignored",
    file: 'held-entry.ts',
    find: '{ staleFor }: { readonly staleFor: number },\n): number {\n  return Math.min(maxAge',
    replace: '{ staleFor, ttl }: { staleFor: number; ttl: number },\n): number {\n  return Math.min(ttl',
  },
  {
    name: "the value's own expiry ignored",
    file: 'held-entry.ts',
    find: 'Math.min(maxAge + staleFor, lifetimeOf(entry))',
    replace: 'maxAge + staleFor',
  },
  {
    name: 'no deadline for a creation',
    file: core,
    find: 'const onDeadline = () => this.#fail(flight, new CreateTimeoutError(createTimeout));',
    replace: 'const onDeadline = () => {};',
  },
  {
    name: 'the waiters of a cancelled creation are forgotten',
    file: core,
    find: 'else if (!activity.flight) this.#start();',
    replace: '',
  },
  {
    name: 'a cancelled creation is not aborted',
    file: core,
    find: "flight.controller.abort(new Error('The value was invalidated while it was created'));",
    replace: '',
  },
  {
    name: 'a fatal failure keeps the value',
    file: core,
    find: 'attempt(() => isFatal?.(error)) ? this.#forget() : undefined',
    replace: '(undefined as Entry<T> | undefined)',
  },
  {
    name: 'a stale serve is a miss as well',
    file: core,
    find: 'if (age >= maxAge) this.#policy.counts.staleServes += 1;',
    replace: 'if (age >= maxAge) this.#policy.counts.misses += 1;',
  },
];

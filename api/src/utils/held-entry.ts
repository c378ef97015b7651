import { attempt } from './callbacks.ts';
import type { CachedProviderOptions } from './cached-provider-options.ts';
import { type Instant, ORIGIN } from './elapsed.ts';

interface Bounds {
  /** Seconds that it was old when its creation began: more than 0 for what was made elsewhere. */
  readonly ageBrought: number;
  /** Seconds from birth to the value's own expiry. */
  readonly lifetime: number;
}

/** Who holds values. */
interface Holder {
  /** Lets go of what it holds, if that is `entry`. */
  refuse(entry: Entry<unknown>): void;
}

/** A value, known from the beginning of its creation on to who may say later that it is of no use any more. */
export class Entry<T> implements Instant {
  /** There once it is made, like all that is about it: nothing holds an entry before. */
  value!: T;
  /** Already resolved with `value`: every hit gets this very object. */
  promise!: Promise<T>;
  mono = 0;
  wall = 0;
  /** Of those values alone that have some. */
  bounds: Bounds | undefined;
  /** By how many thousandths of what may be waited a refresh begins later than it could. */
  readonly jitter = Math.floor(Math.random() * 1000);
  readonly #holder: Holder;

  constructor(holder: Holder) {
    this.#holder = holder;
  }

  /** Only what is held can be let go, so many refusals do it once. */
  refuse(): void {
    this.#holder.refuse(this);
  }
}

/** Seconds from its birth to its own expiry. */
export function lifetimeOf({ bounds }: Entry<unknown>): number {
  return bounds?.lifetime ?? Number.POSITIVE_INFINITY;
}

/** For how many seconds from its birth a reader whose TTL is `maxAge` may be served it. */
export function servableFor(
  entry: Entry<unknown>,
  maxAge: number,
  { staleFor }: { readonly staleFor: number },
): number {
  return Math.min(maxAge + staleFor, lifetimeOf(entry));
}

/** The fraction of a reader's TTL at which a refresh begins. */
export function refreshAt(
  { jitter }: Entry<unknown>,
  { refreshAhead }: { readonly refreshAhead: number },
): number {
  // Later by up to a quarter of what remains, so that processes born together do not refresh together.
  return refreshAhead + ((1 - refreshAhead) * jitter) / 4000;
}

/** When a value was made whose creation began at `begun`, and its bounds, as its callbacks tell. */
export function bornAs<T>(
  value: T,
  begun: Instant,
  { madeAt, expiresAt }: Pick<CachedProviderOptions<T>, 'madeAt' | 'expiresAt'>,
): Pick<Entry<T>, 'mono' | 'wall' | 'bounds'> {
  const begunAt = ORIGIN + begun.wall;
  const olderMs = Math.max(0, begunAt - (attempt(() => madeAt?.(value)?.getTime()) ?? begunAt));
  const expiry = attempt(() => expiresAt?.(value)?.getTime()) ?? Number.POSITIVE_INFINITY;
  // A value was just made with it, so a moment in the past tells of a wrong clock, here or there.
  const lifetime = expiry > Date.now() ? (expiry - (begunAt - olderMs)) / 1000 : Number.POSITIVE_INFINITY;
  const ageBrought = olderMs / 1000;
  const bounds = ageBrought > 0 || Number.isFinite(lifetime) ? { ageBrought, lifetime } : undefined;
  return { mono: Math.floor(begun.mono - olderMs), wall: Math.floor(begun.wall - olderMs), bounds };
}

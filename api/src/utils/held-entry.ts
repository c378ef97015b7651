import { attempt } from './callbacks.ts';
import type { CachedProviderOptions } from './cached-provider-options.ts';
import type { Instant } from './elapsed.ts';

interface Bounds {
  /** Seconds that it was old when its creation began: more than 0 for what was made elsewhere. */
  readonly ageBrought: number;
  /** Seconds from birth to the value's own expiry. */
  readonly lifetime: number;
}

/** A value, and when its creation began. */
export interface Entry<T> extends Instant {
  readonly value: T;
  /** Already resolved with `value`: every hit gets this very object. */
  readonly promise: Promise<T>;
  /** Of those values alone that have some. */
  readonly bounds: Bounds | undefined;
  /** By how many thousandths of what may be waited a refresh begins later than it could. */
  readonly jitter: number;
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
  const madeWall = attempt(() => madeAt?.(value)?.getTime()) ?? begun.wall;
  const olderMs = Math.max(0, begun.wall - madeWall);
  const wall = begun.wall - olderMs;
  const expiry = attempt(() => expiresAt?.(value)?.getTime()) ?? Number.POSITIVE_INFINITY;
  // A value was just made with it, so a moment in the past tells of a wrong clock, here or there.
  const lifetime = expiry > Date.now() ? (expiry - wall) / 1000 : Number.POSITIVE_INFINITY;
  const ageBrought = olderMs / 1000;
  const bounds = ageBrought > 0 || Number.isFinite(lifetime) ? { ageBrought, lifetime } : undefined;
  return { mono: begun.mono - olderMs, wall, bounds };
}

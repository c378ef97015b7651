import type { ErrorRequestHandler } from 'express';
import type { Options, Store } from 'express-rate-limit';
import { TooManyRequestsError, UnauthorizedError } from '../errors.ts';
import { clientAddress } from './client-address.ts';
import { countLimited } from './limit-metrics.ts';
import { WindowStore } from './window-store.ts';

interface RefusedLoginLimit {
  limit: number;
  windowSeconds: number;
  /** Where it counts; by default in memory. */
  store?: Store;
}

/**
 * Answers 429 in place of 401 to an address that keeps being refused, so that tokens and keys cannot be guessed
 * at speed. Who is let in is not asked about it: addresses are shared, and somebody else's bad tokens are not
 * theirs.
 */
export function limitRefusedLogins({ limit, windowSeconds, store }: RefusedLoginLimit): ErrorRequestHandler {
  const counts = store ?? new WindowStore();
  void counts.init?.({ windowMs: windowSeconds * 1000 } as Options);
  return async (error, req, _res, next) => {
    if (!(error instanceof UnauthorizedError)) return next(error);
    const { totalHits, resetTime } = await counts.increment(clientAddress(req));
    if (totalHits <= limit) return next(error);
    countLimited('logins');
    const seconds = resetTime ? (resetTime.getTime() - Date.now()) / 1000 : windowSeconds;
    next(
      new TooManyRequestsError(
        'Too many refused requests from this address',
        Math.min(windowSeconds, seconds),
      ),
    );
  };
}

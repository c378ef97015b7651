import type { RequestHandler } from 'express';
import {
  type ClientRateLimitInfo,
  ipKeyGenerator,
  MemoryStore,
  type Options,
  type Store,
} from 'express-rate-limit';
import { TooManyRequestsError } from '../errors.ts';

interface LoginLimit {
  limit: number;
  windowSeconds: number;
  /** Where it counts; by default in memory. */
  store?: Store;
}

/**
 * Answers 429 to an address that keeps being refused (401), so that tokens and keys cannot be
 * guessed at speed. Requests that were let in do not count.
 */
export function limitLoginAttempts({ limit, windowSeconds, store = new MemoryStore() }: LoginLimit) {
  void store.init?.({ windowMs: windowSeconds * 1000 } as Options);
  const handler: RequestHandler = async (req, res, next) => {
    const key = ipKeyGenerator(req.ip ?? 'unknown');
    const refused: ClientRateLimitInfo | undefined = await store.get?.(key);
    if (refused !== undefined && refused.totalHits >= limit) {
      const resetMs = refused.resetTime?.getTime() ?? Date.now() + windowSeconds * 1000;
      throw new TooManyRequestsError(
        'Too many refused requests from this address',
        (resetMs - Date.now()) / 1000,
      );
    }
    res.once('finish', () => {
      if (res.statusCode === 401) void store.increment(key);
    });
    next();
  };
  return handler;
}

import type { Request, RequestHandler, Response } from 'express';
import { rateLimit, type Store } from 'express-rate-limit';
import { TooManyRequestsError } from '../errors.ts';
import { clientAddress } from './client-address.ts';
import { countLimited } from './limit-metrics.ts';
import type { User } from './user.ts';
import { WindowStore } from './window-store.ts';

export interface RateLimitOptions {
  /** Names the quota in the `RateLimit` headers. */
  name: string;
  /** Requests per window, for each user; for each address where nobody is logged in. */
  limit: number;
  windowSeconds: number;
  /** Where it counts; by default in memory. */
  store?: Store;
}

/** Answers 429 with `Retry-After` beyond the limit; RateLimit headers are those of draft 8. */
export function createRateLimit(options: RateLimitOptions): RequestHandler {
  const { name, limit, windowSeconds, store = new WindowStore() } = options;
  return rateLimit({
    identifier: name,
    limit,
    windowMs: windowSeconds * 1000,
    store,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: clientKey,
    handler: (req, _res, next) => {
      countLimited(name);
      next(tooMany(req, windowSeconds));
    },
    // `trust proxy` is set explicitly: a forged X-Forwarded-For is ignored, not a misconfiguration.
    validate: { xForwardedForHeader: false, forwardedHeader: false, ip: false },
  });
}

function clientKey(req: Request, res: Response): string {
  const user: User | undefined = res.locals.user;
  return user === undefined ? `address:${clientAddress(req)}` : `user:${user.id}`;
}

function tooMany(req: Request, windowSeconds: number): TooManyRequestsError {
  const { rateLimit: info } = req as Request & { rateLimit?: { resetTime?: Date } };
  const resetMs = info?.resetTime?.getTime();
  const seconds = resetMs === undefined ? windowSeconds : (resetMs - Date.now()) / 1000;
  const detail = 'Too many requests; try again after the time in Retry-After';
  return new TooManyRequestsError(detail, Math.min(windowSeconds, seconds));
}

import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import { TooManyRequestsError } from '../errors.ts';
import type { User } from './user.ts';

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
export function createRateLimit({ name, limit, windowSeconds, store }: RateLimitOptions): RequestHandler {
  return rateLimit({
    identifier: name,
    limit,
    windowMs: windowSeconds * 1000,
    ...(store && { store }),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: clientKey,
    handler: (req, _res, next) => next(tooMany(req, windowSeconds)),
    // `trust proxy` is set explicitly: a forged X-Forwarded-For is ignored, not a misconfiguration.
    validate: { xForwardedForHeader: false },
  });
}

function clientKey(req: Request, res: Response): string {
  const user: User | undefined = res.locals.user;
  return user === undefined ? `address:${ipKeyGenerator(req.ip ?? 'unknown')}` : `user:${user.id}`;
}

function tooMany(req: Request, windowSeconds: number): TooManyRequestsError {
  const { rateLimit: info } = req as Request & { rateLimit?: { resetTime?: Date } };
  const resetMs = info?.resetTime?.getTime();
  const seconds = resetMs === undefined ? windowSeconds : (resetMs - Date.now()) / 1000;
  return new TooManyRequestsError('Too many requests; try again after the time in Retry-After', seconds);
}

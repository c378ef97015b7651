import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Store } from 'express-rate-limit';
import { showLimits } from './limit-metrics.ts';
import { createRateLimit } from './rate-limit.ts';
import { limitRefusedLogins } from './refused-logins.ts';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;

const LIMITS = {
  campaigns: { limit: 100, windowSeconds: MINUTE_SECONDS },
  ads: { limit: 100, windowSeconds: MINUTE_SECONDS },
  analytics: { limit: 30, windowSeconds: MINUTE_SECONDS },
  chat: { limit: 30, windowSeconds: MINUTE_SECONDS },
  notion: { limit: 30, windowSeconds: MINUTE_SECONDS },
  automation: { limit: 10, windowSeconds: MINUTE_SECONDS },
  export: { limit: 1000, windowSeconds: HOUR_SECONDS },
} as const;

const LOGINS = { limit: 100, windowSeconds: MINUTE_SECONDS };

showLimits([...Object.keys(LIMITS), 'logins']);

export type RateLimits = Record<keyof typeof LIMITS, RequestHandler> & {
  /** Stands behind the routes: it has to do with those alone who were refused. */
  logins: ErrorRequestHandler;
};

export interface RateLimitsOptions {
  enabled: boolean;
  /** Where the limit of this name counts; by default in memory. */
  createStore?: (name: string) => Store;
}

/** One limit for each part of the API, and one on refused logins; all let everything pass when off. */
export function createRateLimits({ enabled, createStore }: RateLimitsOptions): RateLimits {
  const pass: RequestHandler = (_req, _res, next) => next();
  const passOn: ErrorRequestHandler = (error, _req, _res, next) => next(error);
  const limit = (name: keyof typeof LIMITS) =>
    enabled ? createRateLimit({ name, ...LIMITS[name], store: createStore?.(name) }) : pass;
  return {
    campaigns: limit('campaigns'),
    ads: limit('ads'),
    analytics: limit('analytics'),
    chat: limit('chat'),
    notion: limit('notion'),
    automation: limit('automation'),
    export: limit('export'),
    logins: enabled ? limitRefusedLogins({ ...LOGINS, store: createStore?.('logins') }) : passOn,
  };
}

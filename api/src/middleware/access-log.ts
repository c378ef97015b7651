import type { RequestHandler } from 'express';
import { logger } from '../observability/logger.ts';
import { httpRequestDuration, httpRequestsInFlight } from '../observability/prometheus.ts';

/** Counts and times every request, and at level `http` logs one line about it. */
export const accessLog: RequestHandler = (req, res, next) => {
  const start = performance.now();
  const path = req.path;
  httpRequestsInFlight.inc();
  res.once('close', () => {
    const seconds = (performance.now() - start) / 1000;
    httpRequestsInFlight.dec();
    // The pattern, not the path: ids as label values would make a time series each.
    const route: string = res.locals.route ?? '(none)';
    const status = res.writableFinished ? String(res.statusCode) : 'aborted';
    httpRequestDuration.observe({ method: req.method, route, status }, seconds);
    if (logger.isLevelEnabled('http')) {
      logger.http(`${req.method} ${path} ${status} (${(seconds * 1000).toFixed(1)}ms)`);
    }
  });
  next();
};

import type { RequestHandler } from 'express';
import { wantsExemplars } from '../observability/exposition.ts';
import { logger } from '../observability/logger.ts';
import { httpRequestDuration, httpRequestsInFlight } from '../observability/prometheus.ts';
import { currentRequestContext, runInRequestContext } from '../observability/request-context.ts';
import type { User } from './user.ts';

/** What somebody who looks for an attack, or for a broken client, has to see without asking for every request. */
const REFUSALS = new Set([401, 403, 429]);
/** OpenMetrics allows an exemplar 128 characters in all; ids that callers choose may be as long. */
const LONGEST_EXEMPLAR = 100;

/** Counts and times every request, and logs one line about it: at level `http`, refusals at level `info`. */
export const accessLog: RequestHandler = (req, res, next) => {
  const start = performance.now();
  const { path } = req;
  const context = currentRequestContext();
  httpRequestsInFlight.inc();
  res.once('close', () => {
    const seconds = (performance.now() - start) / 1000;
    httpRequestsInFlight.dec();
    // The pattern, not the path: ids as label values would make a time series each.
    const route: string = res.locals.route ?? '(none)';
    const status = res.writableFinished ? String(res.statusCode) : 'aborted';
    httpRequestDuration.observe({
      labels: { method: req.method, route, status },
      value: seconds,
      exemplarLabels: wantsExemplars() ? exemplarOf(context?.requestId) : undefined,
    });
    const isRefusal = res.writableFinished && REFUSALS.has(res.statusCode);
    const level = isRefusal ? 'info' : 'http';
    if (!logger.isLevelEnabled(level)) return;
    const user: User | undefined = res.locals.user;
    const duration_ms = Math.round(seconds * 1e4) / 10;
    const fields = {
      method: req.method,
      path,
      route,
      status: res.writableFinished ? res.statusCode : 'aborted',
      duration_ms,
      user: user?.id,
    };
    const log = () => logger.log(level, isRefusal ? 'Request refused' : 'Request', fields);
    // The socket's events are not part of the request.
    if (context) runInRequestContext(context, log);
    else log();
  });
  next();
};

function exemplarOf(requestId: string | undefined): Record<string, string> | undefined {
  const fits = requestId !== undefined && requestId.length <= LONGEST_EXEMPLAR;
  return fits ? { request_id: requestId } : undefined;
}

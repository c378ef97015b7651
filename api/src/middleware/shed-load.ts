import type { RequestHandler } from 'express';
import { Counter } from 'prom-client';
import { ServiceUnavailableError } from '../errors.ts';
import { eventLoopDelaySeconds } from '../observability/event-loop-delay.ts';
import { registry } from '../observability/prometheus.ts';

const RETRY_AFTER_SECONDS = 1;

const shedTotal = new Counter({
  name: 'http_requests_shed_total',
  help: 'HTTP requests turned away because the event loop was late',
  registers: [registry],
});

/**
 * Turns requests away with 503 while the event loop is late: a quick no now, rather than a late
 * answer to somebody who has given up.
 * @param maxDelaySeconds 0 lets everything pass
 */
export function shedLoad(maxDelaySeconds: number, delay = eventLoopDelaySeconds): RequestHandler {
  if (maxDelaySeconds > 0) delay();
  return (_req, _res, next) => {
    if (maxDelaySeconds > 0 && delay() > maxDelaySeconds) {
      shedTotal.inc();
      throw new ServiceUnavailableError('The service is overloaded', RETRY_AFTER_SECONDS);
    }
    next();
  };
}

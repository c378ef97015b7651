import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Every metric of the process. Instruments register here at module load, each beside its own code. */
export const registry = new Registry();

// Process and runtime metrics, `nodejs_eventloop_lag_*_seconds` (event-loop delay) among them.
collectDefaultMetrics({ register: registry });

/**
 * Seconds from the request's arrival to the end of its answer; with the id of the last request of each bucket where
 * a reader takes OpenMetrics.
 */
export const httpRequestDuration = new Histogram<string>({
  name: 'http_request_duration_seconds',
  help: 'Duration of HTTP requests in seconds, by route pattern',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  enableExemplars: true,
  // Registered below: in this registry prom-client refuses exemplars, which it leaves out of plain text anyway.
  registers: [],
});
registry.registerMetric(httpRequestDuration);

export const httpRequestsInFlight = new Gauge({
  name: 'http_requests_in_flight',
  help: 'HTTP requests being answered now',
  registers: [registry],
});

import { Counter } from 'prom-client';
import { registry } from '../observability/prometheus.ts';

const limited = new Counter({
  name: 'http_requests_limited_total',
  help: 'HTTP requests answered 429, by the limit that was reached (logins: refused credentials of one address)',
  labelNames: ['limit'],
  registers: [registry],
});

/** Has the limits' series stand at 0: one that appears with its first refusal hides it from rate(). */
export function showLimits(names: readonly string[]): void {
  for (const limit of names) limited.inc({ limit }, 0);
}

export function countLimited(limit: string): void {
  limited.inc({ limit });
}

import type { CheckComment } from '../guide/guide-item.ts';
import type { Checker, CheckOutcome } from '../judge-checks.ts';
import type { HttpClient } from './http.ts';
import { METRICS_PATH } from './options.ts';
import { hasMetric } from './prometheus-text.ts';
import { faultOf } from './readings.ts';

/**
 * Looks routes and metrics up in a running deployment, and everything else in the source. Only GET routes without
 * parameters are asked: another method could change something there.
 */
export function liveChecker(client: HttpClient, source: Checker): Checker {
  return (check) => {
    if (check.kind === 'metric') return checkMetric(client, check);
    if (check.kind === 'route' && /^GET [^:{*]*$/.test(check.target)) return checkRoute(client, check);
    return source(check);
  };
}

/** A route that asks for a credential is there. */
async function checkRoute(client: HttpClient, { target }: CheckComment): Promise<CheckOutcome> {
  const outcome = await client.get(target.slice('GET '.length));
  const guarded = outcome.ok && [401, 403].includes(outcome.status);
  const fault = faultOf(outcome);
  return guarded || fault === undefined
    ? { verdict: 'passed' }
    : { verdict: 'failed', message: `${target}: ${fault}` };
}

async function checkMetric(client: HttpClient, { target }: CheckComment): Promise<CheckOutcome> {
  const outcome = await client.get(METRICS_PATH);
  const fault = faultOf(outcome);
  if (fault !== undefined) return { verdict: 'failed', message: `GET ${METRICS_PATH}: ${fault}` };
  const there = outcome.ok && hasMetric(outcome.text, target);
  return there
    ? { verdict: 'passed' }
    : { verdict: 'failed', message: `GET ${METRICS_PATH}: there is no ${target}` };
}

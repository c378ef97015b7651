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
    if (check.kind === 'route' && /^GET [^:{*]*$/.test(check.target))
      return checkRoute(client, check, source);
    return source(check);
  };
}

/** A route that finds fault with the query is there. */
const REFUSES_THE_QUERY = [400, 422];
/** A guard may stand before routes that do not exist. */
const REFUSES_ANYONE = [401, 403];

async function checkRoute(client: HttpClient, check: CheckComment, source: Checker): Promise<CheckOutcome> {
  const { target } = check;
  const outcome = await client.get(target.slice('GET '.length));
  const fault = faultOf(outcome);
  if (fault === undefined || (outcome.ok && REFUSES_THE_QUERY.includes(outcome.status)))
    return { verdict: 'passed' };
  if (!outcome.ok || !REFUSES_ANYONE.includes(outcome.status))
    return { verdict: 'failed', message: `${target}: ${fault}` };
  const inSource = await source(check);
  return inSource.message === undefined
    ? inSource
    : { ...inSource, message: `${target}: ${fault}, and ${inSource.message}` };
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

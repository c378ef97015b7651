import type { CheckComment } from '../guide/guide-item.ts';
import type { Checker, CheckOutcome } from '../judge-checks.ts';
import { Fallback } from './fallback.ts';
import type { HttpClient } from './http.ts';
import { type LiveOptions, METRICS_PATH } from './options.ts';
import { hasMetric } from './prometheus-text.ts';
import { faultOf, isPrivate } from './readings.ts';

/**
 * Looks routes and metrics up in a running deployment, and everything else in the source. Only GET routes without
 * parameters are asked: another method could change something there. What the deployment keeps to itself, or answers
 * like a path that is not there, the source decides.
 */
export function liveChecker(client: HttpClient, options: LiveOptions, source: Checker): Checker {
  const fallback = new Fallback(client);
  return (check) => {
    if (check.kind === 'metric') return checkMetric(client, options, check, source);
    if (check.kind === 'route' && /^GET [^:{*]*$/.test(check.target))
      return checkRoute(client, fallback, check, source);
    return source(check);
  };
}

/** A route that finds fault with the query is there. */
const REFUSES_THE_QUERY = [400, 422];
/** A guard may stand before routes that do not exist. */
const REFUSES_ANYONE = [401, 403];
const NO_ANSWER = 'start the deployment, or correct --url';

async function checkRoute(
  client: HttpClient,
  fallback: Fallback,
  check: CheckComment,
  source: Checker,
): Promise<CheckOutcome> {
  const { target } = check;
  const path = target.slice('GET '.length);
  const outcome = await client.get(path);
  const fault = faultOf(outcome);
  if (!outcome.ok) return { verdict: 'failed', message: `${target}: ${fault}`, hint: NO_ANSWER };
  const answers = fault === undefined || REFUSES_THE_QUERY.includes(outcome.status);
  if (answers && !(await fallback.isAlike(path, outcome))) return { verdict: 'passed' };
  if (!answers && !REFUSES_ANYONE.includes(outcome.status))
    return { verdict: 'failed', message: `${target}: ${fault}` };
  const why = answers ? 'is answered like a path that is not there' : fault;
  return withSource(check, source, `${target}: ${why}`);
}

async function checkMetric(
  client: HttpClient,
  { metricsUrl }: LiveOptions,
  check: CheckComment,
  source: Checker,
): Promise<CheckOutcome> {
  const place = `GET ${metricsUrl ?? METRICS_PATH}`;
  const outcome = await client.metrics();
  const fault = faultOf(outcome);
  if (isPrivate(outcome)) return withSource(check, source, `${place}: ${fault}`);
  if (fault !== undefined)
    return { verdict: 'failed', message: `${place}: ${fault}`, ...(outcome.ok ? {} : { hint: NO_ANSWER }) };
  const there = outcome.ok && hasMetric(outcome.text, check.target);
  return there
    ? { verdict: 'passed' }
    : { verdict: 'failed', message: `${place}: there is no ${check.target}` };
}

async function withSource(check: CheckComment, source: Checker, seen: string): Promise<CheckOutcome> {
  const inSource = await source(check);
  return inSource.message === undefined
    ? inSource
    : { ...inSource, message: `${seen}, and ${inSource.message}` };
}

import type { HttpClient, Outcome } from './http.ts';
import { HEALTH_PATH, HITS_METRIC, METRICS_PATH } from './options.ts';
import { readMetric } from './prometheus-text.ts';

/** A number that a deployment shows, or the reason why it does not. */
export type Reading = { value: number } | { fault: string };

/** Asks the health endpoint how many agents the process has created. */
export async function readCreationCount(client: HttpClient): Promise<Reading> {
  const outcome = await client.get(HEALTH_PATH);
  const fault = faultOf(outcome);
  if (fault !== undefined) return { fault: `GET ${HEALTH_PATH}: ${fault}` };
  const value = outcome.ok ? creationCount(outcome.text) : undefined;
  return value === undefined ? { fault: `GET ${HEALTH_PATH}: the answer has no creation_count` } : { value };
}

/** What the hit counter says; undefined where the deployment keeps its metrics to itself. */
export async function readHits(client: HttpClient): Promise<Reading | undefined> {
  const outcome = await client.get(METRICS_PATH);
  if (outcome.ok && [401, 403, 404].includes(outcome.status)) return undefined;
  const fault = faultOf(outcome);
  if (fault !== undefined) return { fault: `GET ${METRICS_PATH}: ${fault}` };
  const value = outcome.ok ? readMetric(outcome.text, HITS_METRIC) : undefined;
  return value === undefined ? { fault: `GET ${METRICS_PATH}: there is no ${HITS_METRIC}` } : { value };
}

/** Why an outcome is not a good answer; undefined when it is one. */
export function faultOf(outcome: Outcome): string | undefined {
  if (!outcome.ok) return outcome.reason;
  if (outcome.status >= 200 && outcome.status < 300) return undefined;
  if (outcome.status >= 300 && outcome.status < 400) return `answered ${outcome.status}, a redirect`;
  return `answered ${outcome.status}`;
}

function creationCount(text: string): number | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || !('creation_count' in body)) return undefined;
    return typeof body.creation_count === 'number' ? body.creation_count : undefined;
  } catch {
    return undefined;
  }
}

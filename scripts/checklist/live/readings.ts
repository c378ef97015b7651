import type { HttpClient, Outcome } from './http.ts';
import { HITS_METRIC, type LiveOptions, METRICS_PATH, MISSES_METRIC, START_METRIC } from './options.ts';
import { readMetric } from './prometheus-text.ts';

/** What a deployment says of its cache at one moment. */
export interface Reading {
  creations: number;
  /** Absent where neither the health endpoint nor the metrics show them. */
  hits?: number;
  /** Absent where they are not shown. */
  misses?: number;
  /** Whether an agent is held; absent where the health endpoint does not say. */
  cached?: boolean;
  /** Tells the process that answered, as far as it can be told. */
  process?: string;
  /** Whether one process said all of it, and its name. */
  isOfOne?: boolean;
  /** How many processes it is the sum of; absent for one. */
  processes?: number;
  /** How many agents each of them has made, by its name; absent for one. */
  creationsOf?: ReadonlyMap<string, number>;
  /** Tells the process whose metrics were read. */
  metricsProcess?: string;
  ttlSeconds?: number;
  /** Since some start, milliseconds. */
  at: number;
}

/** A reading, or the reason why there is none. */
export type Attempt = { reading: Reading } | { fault: string };

/** Asks the health endpoint, and the metrics where that does not count hits. */
export async function read(client: HttpClient, options: LiveOptions): Promise<Attempt> {
  const place = `GET ${options.healthPath}`;
  const outcome = await client.get(options.healthPath);
  const fault = faultOf(outcome) ?? cacheInFront(outcome);
  if (fault !== undefined) return { fault: `${place}: ${fault}` };
  const body = outcome.ok ? objectIn(outcome.text) : undefined;
  const creations = numberAt(body, 'creation_count');
  if (creations === undefined) return { fault: `${place}: the answer has no creation_count` };
  if (creations < 0) return { fault: `${place}: a creation_count of ${creations} is no count` };
  const reading: Reading = { creations, at: performance.now() };
  const own = numberAt(body, 'hits');
  if (own !== undefined) reading.hits = own;
  const misses = numberAt(body, 'misses');
  if (misses !== undefined) reading.misses = misses;
  const cached: unknown = body === undefined ? undefined : Reflect.get(body, 'cached');
  if (typeof cached === 'boolean') reading.cached = cached;
  const ttl = numberAt(body, 'cache_ttl_seconds');
  if (ttl !== undefined) reading.ttlSeconds = ttl;
  const id = body === undefined ? undefined : Reflect.get(body, 'process');
  if (typeof id === 'string' || typeof id === 'number') reading.process = String(id);
  reading.isOfOne = own !== undefined && reading.process !== undefined;
  return own === undefined ? withMetrics(client, options, reading) : { reading };
}

async function withMetrics(client: HttpClient, options: LiveOptions, reading: Reading): Promise<Attempt> {
  const outcome = await client.metrics();
  if (isPrivate(outcome)) return { reading };
  const place = `GET ${options.metricsUrl ?? METRICS_PATH}`;
  const fault = faultOf(outcome) ?? cacheInFront(outcome);
  if (fault !== undefined) return { fault: `${place}: ${fault}` };
  const text = outcome.ok ? outcome.text : '';
  const hits = readMetric(text, HITS_METRIC);
  if (hits === undefined) return { fault: `${place}: there is no ${HITS_METRIC}` };
  const start = readMetric(text, START_METRIC);
  const misses = reading.misses ?? readMetric(text, MISSES_METRIC);
  return {
    reading: {
      ...reading,
      hits,
      ...(misses === undefined ? {} : { misses }),
      ...(start === undefined ? {} : { metricsProcess: String(start) }),
    },
  };
}

/** Whether a deployment keeps something to itself. */
export function isPrivate(outcome: Outcome): boolean {
  return outcome.ok && [401, 403, 404].includes(outcome.status);
}

/** Why an outcome is not a good answer; undefined when it is one. */
export function faultOf(outcome: Outcome): string | undefined {
  if (!outcome.ok) return outcome.reason;
  if (outcome.status >= 200 && outcome.status < 300) return undefined;
  if (outcome.status >= 300 && outcome.status < 400) return `answered ${outcome.status}, a redirect`;
  return `answered ${outcome.status}`;
}

/** Why an answer is not the deployment's own but one that a cache in front of it kept; undefined when it is its own. */
export function cacheInFront(outcome: Outcome): string | undefined {
  if (!outcome.ok) return undefined;
  const { headers } = outcome;
  const age = Number(headers.get('age') ?? 0);
  for (const name of CACHE_HEADERS) {
    const value = headers.get(name) ?? '';
    if (HIT.test(value)) return `a cache in front answered (${name}: ${value})`;
  }
  const told = headers.get('cache-status') ?? '';
  if (/;\s*hit\b/i.test(told)) return `a cache in front answered (cache-status: ${told})`;
  if (Number(headers.get('x-cache-hits') ?? 0) > 0) return 'a cache in front answered (x-cache-hits)';
  // Varnish names the request that it kept the answer of beside this one's.
  if (/^\d+ \d+$/.test(headers.get('x-varnish') ?? '')) return 'a cache in front answered (x-varnish)';
  return age > 0 ? `a cache in front answered (age: ${age})` : undefined;
}

const CACHE_HEADERS = [
  'x-cache',
  'cf-cache-status',
  'x-vercel-cache',
  'cdn-cache',
  'x-cache-status',
  'x-proxy-cache',
  'x-nextjs-cache',
  'x-cache-lookup',
];
const HIT = /(?:^|[^a-z])(?:hit|stale|updating|revalidated)(?![a-z-])/i;

/** Why some answers are not all the deployment's own: an id that each request has of its own comes twice. */
export function repeatedAnswer(outcomes: readonly Outcome[]): string | undefined {
  const seen = new Set<string>();
  for (const outcome of outcomes) {
    const id = outcome.ok ? outcome.headers.get('x-request-id') : null;
    if (id === null) continue;
    if (seen.has(id))
      return `was answered twice with one x-request-id (${id}), so something in front keeps answers`;
    seen.add(id);
  }
  return undefined;
}

function objectIn(text: string): object | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

function numberAt(body: object | undefined, name: string): number | undefined {
  const value: unknown = body === undefined ? undefined : Reflect.get(body, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

import type { Finding, LiveReport } from '../report.ts';
import type { HttpClient, Outcome } from './http.ts';
import { HEALTH_PATH, HITS_METRIC, type LiveOptions } from './options.ts';
import { faultOf, readCreationCount, readHits } from './readings.ts';

/**
 * Proves a running deployment: N requests at once may make one agent, and as many one after another have to be
 * hits. Whatever goes wrong on the way is a finding.
 *
 * Other traffic only adds hits, and an agent that expires meanwhile is the one creation that is allowed.
 */
export async function probe(client: HttpClient, options: LiveOptions): Promise<LiveReport> {
  const { report, faults } = await runProbe(client, options);
  const findings = faults.map((message) => ({ ...liveFinding(options), message }));
  return {
    url: options.url,
    path: options.path,
    requests: options.requests,
    ...report,
    ok: faults.length === 0,
    findings,
  };
}

type Measures = Pick<LiveReport, 'creations' | 'hits' | 'cachedP50Ms' | 'healthP50Ms' | 'overheadP50Ms'>;

interface ProbeResult {
  report: Measures;
  faults: string[];
}

async function runProbe(client: HttpClient, options: LiveOptions): Promise<ProbeResult> {
  const before = await readCreationCount(client);
  if ('fault' in before) return { report: {}, faults: [before.fault] };

  const burst = await Promise.all(Array.from({ length: options.requests }, () => client.get(options.path)));
  const burstFault = describeFaults(burst, options);
  if (burstFault !== undefined) return { report: {}, faults: [burstFault] };

  const hitsBefore = await readHits(client);
  const cached = await oneByOne(client, options.path, options.requests);
  const hitsAfter = await readHits(client);
  const after = await readCreationCount(client);
  const cachedFault = describeFaults(cached, options);
  const faults = cachedFault === undefined ? [] : [cachedFault];
  const report: Measures = {};

  if ('fault' in after) faults.push(after.fault);
  else {
    report.creations = after.value - before.value;
    faults.push(...judgeCreations(report.creations, after.value, options));
  }
  if (hitsBefore !== undefined && hitsAfter !== undefined) {
    const [fault] = [hitsBefore, hitsAfter].flatMap((reading) => ('fault' in reading ? [reading.fault] : []));
    if (fault !== undefined) faults.push(fault);
    if ('value' in hitsBefore && 'value' in hitsAfter) {
      report.hits = hitsAfter.value - hitsBefore.value;
      // Requests that failed may never have come as far as the cache.
      if (cachedFault === undefined) faults.push(...judgeHits(report.hits, report.creations ?? 0, options));
    }
  }
  const health = await oneByOne(client, HEALTH_PATH, options.requests);
  return { report: { ...report, ...latencies(cached, health) }, faults };
}

async function oneByOne(client: HttpClient, path: string, requests: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  while (outcomes.length < requests) outcomes.push(await client.get(path));
  return outcomes;
}

function judgeCreations(creations: number, total: number, { requests, path }: LiveOptions): string[] {
  if (creations < 0) {
    return [
      'creation_count went down: the process restarted, or several processes answer (ask one of them directly)',
    ];
  }
  if (total === 0) {
    return [
      `${2 * requests} requests to ${path} went by, and creation_count is still 0: they get no agent from the cache`,
    ];
  }
  if (creations <= 1) return [];
  return [
    `${2 * requests} requests to ${path} created ${creations} agents, where one is allowed: it creates per request`,
  ];
}

function judgeHits(hits: number, creations: number, { requests, path }: LiveOptions): string[] {
  // A creation among these requests was a miss, which is allowed once.
  if (hits >= requests - Math.min(Math.max(creations, 0), 1)) return [];
  return [
    `${requests} requests to ${path} raised ${HITS_METRIC} by ${hits}: they do not go through the cache`,
  ];
}

function describeFaults(outcomes: readonly Outcome[], { path, token }: LiveOptions): string | undefined {
  const faults = outcomes.map(faultOf).filter((fault) => fault !== undefined);
  const [first] = faults;
  if (first === undefined) return undefined;
  const share = `${faults.length} of ${outcomes.length} requests to ${path} failed: ${first}`;
  const statuses = new Set(outcomes.map((outcome) => (outcome.ok ? outcome.status : 0)));
  if (statuses.has(401) && token === undefined) return `${share} (give --token, or CHECKLIST_TOKEN)`;
  return statuses.has(429) ? `${share} (lower --requests)` : share;
}

function latencies(cached: readonly Outcome[], health: readonly Outcome[]): Measures {
  const cachedP50Ms = median(cached);
  const healthP50Ms = median(health);
  if (cachedP50Ms === undefined || healthP50Ms === undefined) return {};
  return { cachedP50Ms, healthP50Ms, overheadP50Ms: round(cachedP50Ms - healthP50Ms) };
}

function median(outcomes: readonly Outcome[]): number | undefined {
  const times = outcomes
    .flatMap((outcome) => (outcome.ok ? [outcome.milliseconds] : []))
    .sort((a, b) => a - b);
  const middle = times[Math.floor(times.length / 2)];
  return middle === undefined ? undefined : round(middle);
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

function liveFinding({ url }: LiveOptions): Omit<Finding, 'message'> {
  return { file: url, line: 1, column: 1, rule: 'live' };
}

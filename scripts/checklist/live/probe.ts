import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding, LiveReport } from '../report.ts';
import { isError } from './error-answer.ts';
import { Fallback, isPage } from './fallback.ts';
import type { HttpClient, Outcome } from './http.ts';
import { judgeWindows, type Window } from './judge-windows.ts';
import type { LiveOptions } from './options.ts';
import { Processes } from './processes.ts';
import { type Attempt, cacheInFront, faultOf, type Reading, repeatedAnswer } from './readings.ts';

/** So deep, and no route with parameters is meant. */
const LEVELS_BELOW = 4;
/** So many of the first requests one by one are followed by a reading each. */
const SINGLE_REQUESTS = 3;
/** An idle window is as long as the one it is compared with, up to this, milliseconds. */
const LONGEST_IDLE_MS = 10_000;

/**
 * Proves a running deployment: N requests at once may make one agent, then N/2 and N one after another have to be as
 * many hits, beyond what other callers raise the counters by while nobody here asks. Whatever goes wrong on the way,
 * and whatever the readings do not carry, is a finding.
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

type Measures = Pick<
  LiveReport,
  'sent' | 'creations' | 'hits' | 'otherHits' | 'cachedP50Ms' | 'healthP50Ms' | 'overheadP50Ms'
>;

interface ProbeResult {
  report: Measures;
  faults: string[];
}

async function runProbe(client: HttpClient, options: LiveOptions): Promise<ProbeResult> {
  const { requests, path } = options;
  const processes = new Processes(client, options);
  const first = await processes.first();
  if ('fault' in first) return { report: {}, faults: [first.fault] };
  const readings = [...first.readings];
  const [start] = readings;

  const burst = await Promise.all(Array.from({ length: requests }, () => client.get(path)));
  const burstFault = describeFaults(burst, options) ?? (await strangeAnswer(client, options, burst[0]));
  if (burstFault !== undefined) return { report: {}, faults: [burstFault] };

  const windows: Window[] = [];
  const answers: Outcome[] = [];
  let faults: string[] = [];
  for (const count of [Math.ceil(requests / 2), 0, requests, 0]) {
    const before = await processes.read();
    if ('fault' in before) return { report: {}, faults: [before.fault] };
    readings.push(before.reading);
    const some =
      windows.length === 0
        ? await askReading(client, path, count, () => processes.read())
        : { asked: await oneByOne(client, path, count), readings: [] };
    if ('fault' in some) return { report: {}, faults: [some.fault] };
    const { asked } = some;
    readings.push(...some.readings);
    answers.push(...asked);
    const fault =
      describeFaults(asked, options) ??
      asked.map(cacheInFront).find((each) => each !== undefined) ??
      repeatedAnswer(asked);
    if (fault !== undefined) faults = [...faults, count === 0 ? fault : describePath(options, fault)];
    const last = windows.at(-1);
    if (count === 0 && last !== undefined) await sleep(Math.min(last.milliseconds, LONGEST_IDLE_MS));
    const after = await processes.read();
    if ('fault' in after) return { report: {}, faults: [...faults, after.fault] };
    readings.push(after.reading);
    windows.push(windowBetween(before.reading, after.reading, count));
    if (faults.length > 0) break;
  }

  const health = await oneByOne(client, options.healthPath, requests);
  const end = readings.at(-1);
  const asked = faults.length === 0 ? await askElsewhere(client, options, processes) : undefined;
  if (asked?.fault !== undefined) faults = [asked.fault];
  const report: Measures = { sent: burst.length + answers.length, ...latencies(answers, health) };
  if (start === undefined || end === undefined) return { report, faults };
  report.creations = end.creations - start.creations;
  const verdict = judgeWindows({
    options,
    readings,
    windows,
    elsewhere: asked?.windows ?? [],
    failed: faults.length > 0,
    sent: report.sent ?? 0,
  });
  if (verdict.hits !== undefined) report.hits = verdict.hits;
  if (verdict.otherHits !== undefined) report.otherHits = verdict.otherHits;
  return { report, faults: [...faults, ...verdict.faults] };
}

/**
 * Asks for the path one by one. The first times it reads after each request: a counter that begins anew after so many is
 * the same again after a multiple of them, but not after one.
 */
async function askReading(
  client: HttpClient,
  path: string,
  count: number,
  read: () => Promise<Attempt>,
): Promise<{ asked: Outcome[]; readings: Reading[] } | { fault: string }> {
  const asked: Outcome[] = [];
  const readings: Reading[] = [];
  while (readings.length < Math.min(count, SINGLE_REQUESTS)) {
    asked.push(await client.get(path));
    const attempt = await read();
    if ('fault' in attempt) return attempt;
    readings.push(attempt.reading);
  }
  return { asked: [...asked, ...(await oneByOne(client, path, count - asked.length))], readings };
}

/**
 * Asks for what is not there, so that a counter of requests of any kind is told from one of agents that are taken: far
 * from the path, and deep below it, where no route is but whatever stands before the path is gone through as well.
 */
async function askElsewhere(
  client: HttpClient,
  options: LiveOptions,
  processes: Processes,
): Promise<{ windows: Window[]; fault?: string }> {
  const path = options.path.replace(/[?#].*$/, '').replace(/\/+$/, '');
  const above = path.split('/').slice(0, -2).join('/');
  const below = Array.from({ length: LEVELS_BELOW }, () => `no-such-path-${randomUUID()}`).join('/');
  const windows: Window[] = [];
  const far = `${above}/no-such-path-${randomUUID()}`;
  for (const place of [far, `${path}/${below}`]) {
    const before = await processes.read();
    if ('fault' in before) return { windows, fault: before.fault };
    const count = Math.ceil(options.requests / 2);
    const asked = await oneByOne(client, place, count);
    const lost = asked.find((each) => !each.ok);
    if (lost && !lost.ok)
      return {
        windows,
        fault: `not proven, since a path that is not there gave no answer (${lost.reason}): nothing tells a counter of agents that are taken from one of requests`,
      };
    const after = await processes.read();
    if ('fault' in after) return { windows, fault: after.fault };
    // A route for whatever stands below may take an agent of its own.
    if (place === far || !asked.every(isData))
      windows.push(windowBetween(before.reading, after.reading, count));
  }
  return { windows };
}

function isData(outcome: Outcome): boolean {
  return outcome.ok && outcome.status < 300 && !isPage(outcome) && !isError(outcome);
}

function windowBetween(before: Reading, after: Reading, requests: number): Window {
  return {
    requests,
    milliseconds: after.at - before.at,
    hits: difference(before.hits, after.hits),
    misses: difference(before.misses, after.misses),
    creations: after.creations - before.creations,
  };
}

async function oneByOne(client: HttpClient, path: string, requests: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  while (outcomes.length < requests) outcomes.push(await client.get(path));
  return outcomes;
}

function difference(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before;
}

/** An answer with 200 that is not the API's own: a page, a cache's, an error's, what any path is answered with. */
async function strangeAnswer(
  client: HttpClient,
  options: LiveOptions,
  outcome: Outcome | undefined,
): Promise<string | undefined> {
  if (outcome === undefined || !outcome.ok) return undefined;
  const cached = cacheInFront(outcome);
  if (cached !== undefined) return describePath(options, cached);
  if (isPage(outcome))
    return describePath(options, `answered ${outcome.status} with a web page, not with data`);
  if (isError(outcome)) return describePath(options, `answered ${outcome.status} with an error in it`);
  if (await new Fallback(client).isAlike(options.path, outcome))
    return describePath(options, 'is answered like a path that is not there');
  return undefined;
}

function describePath({ path }: LiveOptions, fault: string): string {
  return fault.includes(path) ? fault : `${path} ${fault}: nothing is proven by it`;
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
  return { file: url, line: 1, column: 1, rule: 'live', id: 'live' };
}

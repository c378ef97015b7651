import { startGraphServer } from '../../test/support/graph/index.ts';
import { type ApiProcess, startApi } from '../demo/api-process.ts';
import { createDemoCredentials } from '../demo/credentials.ts';
import { type Round, runRound } from './http/load.ts';
import { measureOverhead, type Overhead } from './http/overhead.ts';
import { createVariants, type VariantName } from './http/variants.ts';

const ROUNDS = 30;
const FAST_ROUND = 0.9;
const CONCURRENCY = 8;
const REQUESTS = 80;
const PATH = '/api/v1/campaigns?limit=1';

interface RouteResult {
  name: VariantName;
  rps: number;
  p50Ms: number;
  p99Ms: number;
}

interface HttpResult {
  routes: RouteResult[];
  overhead: Overhead[];
}

/**
 * One route with its agent had in three ways, each served by a process of its own. Facebook's
 * stand-in answers at once, so that what the agent costs is not hidden behind its latency. Short
 * rounds take turns, so that whatever else the machine does hits all three alike.
 */
export async function run({ json }: { json: boolean }): Promise<void> {
  const graph = await startGraphServer({ latency: 'none' });
  const credentials = createDemoCredentials();
  const headers = { authorization: `Bearer ${await credentials.userToken()}` };
  const env = { ...graph.env, ...credentials.env, TASKS_ENABLED: 'false', RATE_LIMITS: 'false' };
  const variants = await createVariants();
  let overhead: Overhead[] = [];
  const served: { name: VariantName; api: ApiProcess; rounds: Round[] }[] = [];
  try {
    for (const { name, root } of variants) {
      served.push({ name, api: await startApi(root, env), rounds: [] });
    }
    const load = { headers, concurrency: CONCURRENCY, requests: REQUESTS };
    for (const { api } of served) await runRound(api.url + PATH, { ...load, requests: REQUESTS * 10 });
    for (let round = 0; round < ROUNDS; round++) {
      if (!json) process.stderr.write(`\rround ${round + 1} of ${ROUNDS}`);
      for (const { api, rounds } of rotated(served, round)) rounds.push(await runRound(api.url + PATH, load));
    }
    const migrated = served.find(({ name }) => name === 'migrated');
    if (migrated) overhead = await measureOverhead({ graph, api: migrated.api, headers });
  } finally {
    await Promise.all(served.map(({ api }) => api.stop()));
    await Promise.all(variants.map((variant) => variant.remove()));
    await graph.close();
  }
  report({ routes: served.map(summarize), overhead }, json);
}

/** Nobody always comes first. */
function rotated<T>(items: T[], by: number): T[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

function summarize({ name, rounds }: { name: VariantName; rounds: Round[] }): RouteResult {
  const latencies = rounds.flatMap((round) => round.latencies).sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.ceil(share * latencies.length) - 1] ?? Number.NaN;
  const rates = rounds.map((round) => round.latencies.length / round.seconds).sort((a, b) => a - b);
  // Other work on the machine only ever slows a round down: the fast ones say what the server can do.
  const rps = rates[Math.floor(rates.length * FAST_ROUND)] ?? Number.NaN;
  return { name, rps: Math.round(rps), p50Ms: round2(at(0.5)), p99Ms: round2(at(0.99)) };
}

function report({ routes, overhead }: HttpResult, json: boolean): void {
  if (json) {
    console.log(JSON.stringify({ routes, overhead }));
    return;
  }
  console.log(`\r\nGET ${PATH}, ${CONCURRENCY} at a time, ${ROUNDS} rounds of ${REQUESTS}\n`);
  console.table(Object.fromEntries(routes.map(({ name, ...figures }) => [name, figures])));
  const rateOf = (name: VariantName) => routes.find((route) => route.name === name)?.rps ?? Number.NaN;
  const share = (name: VariantName) => (rateOf('migrated') / rateOf(name)).toFixed(2);
  console.log(
    `migrated / constant: ${share('constant')} (goal: 0.97), migrated / legacy: ${share('legacy')}`,
  );
  console.log('\nCPU time of a request, beside Express that does the same and no more\n');
  console.table(Object.fromEntries(overhead.map(({ name, ...figures }) => [name, figures])));
  console.log('goals: campaigns at most 1.5, livez at most 1.15');
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}

import { fileURLToPath } from 'node:url';
import { startGraphServer } from '../../test/support/graph/index.ts';
import { startN8nServer } from '../../test/support/n8n-server.ts';
import { startRedis } from '../../test/support/redis.ts';
import { startApi } from '../demo/api-process.ts';
import { createDemoCredentials } from '../demo/credentials.ts';
import { type LoadRequest, type LoadResult, runLoad } from '../demo/load.ts';
import { analyze } from './analyze.ts';
import { type Cleanup, createCleanup } from './cleanup.ts';
import { startFront } from './front.ts';
import { creationsOf, invalidateAndCount } from './members.ts';
import { startWorker } from './worker-process.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PREFIX = 'fleet';
const CONCURRENCY = 8;

/** How large a fleet, and what is asked of it; even numbers of requests and invalidations. */
export interface FleetSize {
  processes: number;
  workers: number;
  requests: number;
  invalidations: number;
}

export const FLEET: FleetSize = { processes: 4, workers: 2, requests: 1200, invalidations: 10 };
export const SMALL_FLEET: FleetSize = { processes: 2, workers: 1, requests: 200, invalidations: 2 };

export interface FleetResult extends FleetSize {
  /** Of the requests, that the front got no good answer to. */
  failed: number;
  /** Of the half of the load, before or after the kill, that took longer. */
  p50Ms: number;
  p99Ms: number;
  /** Agents that API processes have created. */
  creations: number;
  /** Calls of `debug_token` at the stand-in, of workers too, and how many there may be. */
  validations: number;
  validationsExpected: number;
  /** Processes that the invalidations had to reach, all together, and how many they have. */
  deliveriesExpected: number;
  deliveries: number;
  /** Alerts of one analysis, shared by the workers, and how many of those were sent twice. */
  alerts: number;
  alertsTwice: number;
}

export interface FleetRun {
  size: FleetSize;
  /** Gets one line a step. */
  say: (step: string) => void;
  /** Ends the run early. */
  signal: AbortSignal;
}

/**
 * A fleet on one Redis, under load: invalidated again and again, one process killed half-way.
 * Stops what it started, however it ends.
 * @throws the reason of `signal`, when that aborts
 */
export async function runFleet(run: FleetRun): Promise<FleetResult> {
  const cleanup = createCleanup();
  const { signal } = run;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const playing = play(run, cleanup);
  playing.catch(() => undefined);
  try {
    return await Promise.race([playing, aborted]);
  } finally {
    await cleanup.run();
  }
}

async function play({ size, say, signal }: FleetRun, { keep }: Cleanup): Promise<FleetResult> {
  say('Starting a Redis and a stand-in Graph server that answers as slowly as the real one');
  const redis = keep(await startRedis(), (part) => part.stop());
  const graph = keep(await startGraphServer({ latency: 'realistic' }), (part) => part.close());
  const n8n = keep(await startN8nServer(), (part) => part.close());
  const credentials = createDemoCredentials();
  const env = {
    ...graph.env,
    ...credentials.env,
    REDIS_URL: redis.url,
    REDIS_PREFIX: PREFIX,
    RATE_LIMITS: 'false',
    N8N_WEBHOOK_URL: n8n.webhookUrl,
    // All of them share this machine: a busy one must not take Redis for lost.
    REDIS_TIMEOUT_SECONDS: '2',
    MAX_EVENT_LOOP_DELAY_SECONDS: '0',
  };

  say(`Starting ${size.processes} API processes behind one port, and workers: ${size.workers}`);
  const startOne = async () =>
    keep(await startApi(ROOT, { ...env, TASKS_ENABLED: 'false' }, signal), (part) => part.stop());
  // Two at a time: a start is work for a whole processor.
  const apis: Awaited<ReturnType<typeof startOne>>[] = [];
  for (let begun = 0; begun < size.processes; begun += 2) {
    const pair = Array.from({ length: Math.min(2, size.processes - begun) }, startOne);
    apis.push(...(await Promise.all(pair)));
  }
  const startOneWorker = async () => keep(await startWorker(env), (part) => part.stop());
  await Promise.all(Array.from({ length: size.workers }, startOneWorker));
  const front = keep(await startFront(apis.map(({ url }) => url)), (part) => part.close());

  const { requests, invalidations } = size;
  say(`Sending ${requests} requests, invalidating ${invalidations} times, and killing a process half-way`);
  const alive = new Set(apis.map(({ url }) => url));
  const tokens = { user: await credentials.userToken(), admin: await credentials.adminToken() };
  const loads: LoadResult[] = [];
  const counts = { creations: 0, deliveries: 0, deliveriesExpected: 0 };
  for (const half of ['before', 'after']) {
    const { begun, load } = startLoad(front.url, requests / 2, tokens.user);
    await begun;
    const [victim] = apis;
    if (half === 'after' && victim) {
      counts.creations += await creationsOf(victim.url);
      victim.kill();
      alive.delete(victim.url);
    }
    for (let round = 0; round < invalidations / 2; round += 1) {
      const members = [...alive];
      counts.deliveriesExpected += members.length;
      counts.deliveries += await invalidateAndCount(members, members[round % members.length] ?? '', tokens);
    }
    loads.push(await load);
  }

  say('Having a worker analyze the account');
  await analyze(redis.url, PREFIX);
  for (const url of alive) counts.creations += await creationsOf(url);
  const ids = n8n.events.map(({ id }) => id);
  return {
    ...size,
    ...counts,
    failed: loads.reduce((sum, { errors }) => sum + errors, 0),
    p50Ms: Math.max(...loads.map(({ p50Ms }) => p50Ms)),
    p99Ms: Math.max(...loads.map(({ p99Ms }) => p99Ms)),
    validations: graph.journal.validations(),
    // One at the start and one after each invalidation.
    validationsExpected: invalidations + 1,
    alerts: ids.length,
    alertsTwice: ids.length - new Set(ids).size,
  };
}

/** `begun` resolves with the first answer. */
function startLoad(url: string, requests: number, token: string) {
  let onDone: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    onDone = resolve;
  });
  const headers = { authorization: `Bearer ${token}` };
  return { begun, load: runLoad(url, requestsOver(requests), { concurrency: CONCURRENCY, headers, onDone }) };
}

function requestsOver(requests: number): LoadRequest[] {
  const paths = ['/api/v1/campaigns?limit=5', '/api/v1/automation/suggestions', '/api/v1/chat/history'];
  return Array.from({ length: requests }, (_, index) => ({
    method: 'GET',
    path: paths[index % paths.length] ?? '/livez',
  }));
}

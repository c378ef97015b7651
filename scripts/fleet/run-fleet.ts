import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Queue, QueueEvents } from 'bullmq';
import { Redis } from 'ioredis';
import { startGraphServer } from '../../test/support/graph/index.ts';
import { startN8nServer } from '../../test/support/n8n-server.ts';
import { startRedis } from '../../test/support/redis.ts';
import { startApi } from '../demo/api-process.ts';
import { createDemoCredentials } from '../demo/credentials.ts';
import { type LoadRequest, runLoad } from '../demo/load.ts';
import { startFront } from './front.ts';
import { creationsOf, invalidateAndCount } from './members.ts';
import { startWorker } from './worker-process.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PREFIX = 'fleet';
const REQUESTS = 1200;
const CONCURRENCY = 8;
const INVALIDATIONS = 10;
const TASK_TIMEOUT_MS = 20_000;

export interface FleetResult {
  processes: number;
  workers: number;
  requests: number;
  /** Of which the front got no good answer. */
  failed: number;
  p50Ms: number;
  p99Ms: number;
  /** Agents that API processes have created. */
  creations: number;
  /** Calls of `debug_token` at the stand-in, of workers too. */
  validations: number;
  invalidations: number;
  /** Processes that each of them had to reach, all together, and how many it has. */
  deliveriesExpected: number;
  deliveries: number;
  /** Alerts of one analysis, shared by the workers, and how many of those were sent twice. */
  alerts: number;
  alertsTwice: number;
}

/**
 * A fleet on one Redis, under load: invalidated again and again, one process killed half-way.
 * Stops what it started, however it ends.
 * @param say gets one line a step
 */
export async function runFleet(say: (step: string) => void): Promise<FleetResult> {
  const cleanup: (() => Promise<unknown>)[] = [];
  const keep = <T>(part: T, end: (part: T) => Promise<unknown>): T => {
    cleanup.push(() => end(part));
    return part;
  };
  try {
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
      // Nine processes share this machine: a busy one must not take Redis for lost.
      REDIS_TIMEOUT_SECONDS: '2',
      MAX_EVENT_LOOP_DELAY_SECONDS: '0',
    };

    say('Starting four API processes behind one port, and two workers');
    const startOne = async () =>
      keep(await startApi(ROOT, { ...env, TASKS_ENABLED: 'false' }), (part) => part.stop());
    // Two at a time: a start is work for a whole processor.
    const apis = [
      ...(await Promise.all([startOne(), startOne()])),
      ...(await Promise.all([startOne(), startOne()])),
    ];
    const startOneWorker = async () => keep(await startWorker(env), (part) => part.stop());
    const workers = await Promise.all([startOneWorker(), startOneWorker()]);
    const urls = apis.map(({ url }) => url);
    const front = keep(await startFront(urls), (part) => part.close());

    say(`Sending ${REQUESTS} requests, invalidating ${INVALIDATIONS} times, and killing a process half-way`);
    const alive = new Set(urls);
    let creations = 0;
    let deliveries = 0;
    let deliveriesExpected = 0;
    const tokens = { user: await credentials.userToken(), admin: await credentials.adminToken() };
    const headers = { authorization: `Bearer ${tokens.user}` };
    const load = runLoad(front.url, requestsOver(), { concurrency: CONCURRENCY, headers });
    for (let round = 0; round < INVALIDATIONS; round += 1) {
      if (round === INVALIDATIONS / 2) {
        const [victim] = apis;
        if (!victim) throw new Error('There is no process to kill');
        creations += await creationsOf(victim.url);
        victim.kill();
        alive.delete(victim.url);
      }
      const members = [...alive];
      const through = members[round % members.length] ?? front.url;
      deliveriesExpected += members.length;
      deliveries += await invalidateAndCount(members, through, tokens);
    }
    const { requests, errors, p50Ms, p99Ms } = await load;

    say('Having the workers analyze the account');
    await analyze(redis.url);
    const counts = await Promise.all([...alive].map(creationsOf));
    const ids = n8n.events.map(({ id }) => id);
    return {
      processes: apis.length,
      workers: workers.length,
      requests,
      failed: errors,
      p50Ms,
      p99Ms,
      creations: counts.reduce((sum, count) => sum + count, creations),
      validations: graph.journal.validations(),
      invalidations: INVALIDATIONS,
      deliveriesExpected,
      deliveries,
      alerts: ids.length,
      alertsTwice: ids.length - new Set(ids).size,
    };
  } finally {
    for (const end of cleanup.reverse()) await end().catch(() => undefined);
  }
}

function requestsOver(): LoadRequest[] {
  const paths = ['/api/v1/campaigns?limit=5', '/api/v1/automation/suggestions', '/api/v1/chat/history'];
  return Array.from({ length: REQUESTS }, (_, index) => ({
    method: 'GET',
    path: paths[index % paths.length] ?? '/livez',
  }));
}

/** Puts one task into the queue, out of turn, and waits for a worker to finish it. */
async function analyze(redisUrl: string): Promise<void> {
  const connections = [1, 2].map(() => new Redis(redisUrl, { maxRetriesPerRequest: null }));
  const [one, other] = connections;
  if (!one || !other) throw new Error('No connections');
  const prefix = `${PREFIX}:{queue}`;
  const queue = new Queue('tasks', { connection: one, prefix });
  const events = new QueueEvents('tasks', { connection: other, prefix });
  try {
    await events.waitUntilReady();
    const job = await queue.add('analyzePerformance', {});
    await job.waitUntilFinished(events, TASK_TIMEOUT_MS);
  } finally {
    await Promise.all([queue.close(), events.close()]);
    for (const connection of connections) {
      connection.disconnect();
      if (connection.status !== 'end') await once(connection, 'end');
    }
  }
}

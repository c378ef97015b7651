import { connectAgent } from '../../api/src/utils/agent-cache-settings.ts';
import type { CreateAgent } from '../../api/src/utils/agent-cache.ts';
import { logger } from '../../api/src/observability/logger.ts';
import { RedisLink } from '../../api/src/redis/redis-link.ts';
import { SessionStore } from '../../api/src/redis/session-store.ts';
import { shareSessions } from '../../api/src/redis/share-sessions.ts';
import { eventually } from '../../test/support/eventually.ts';
import { type GraphServer, startGraphServer } from '../../test/support/graph/index.ts';
import { type RedisServer, startRedis } from '../../test/support/redis.ts';
import { median, round2 } from './cache/numbers.ts';

const ROUNDS = 15;
const TIMEOUT_SECONDS = 0.25;

/** Milliseconds that a process needs for its first agent. */
interface Creations {
  /** Without Redis at all; medians, as the others are. */
  aloneMs: number;
  /** Where another process has validated. */
  sharedMs: number;
  /** With Redis configured and known to be away. */
  awayMs: number;
  /** The first to meet a Redis that has just gone silent. */
  firstSilentMs: number;
  sharedToAlone: number;
  awayToAlone: number;
}

/** What sharing sessions does to the creation of agents, with Redis and without it. */
export async function run({ json }: { json: boolean }): Promise<void> {
  logger.silent = true;
  const [graph, redis] = await Promise.all([startGraphServer({ latency: 'realistic' }), startRedis()]);
  try {
    const result = await measure(graph, redis);
    console.log(json ? JSON.stringify(result, null, 2) : format(result));
  } finally {
    redis.thaw();
    await Promise.all([graph.close(), redis.stop()]);
  }
}

async function measure(graph: GraphServer, redis: RedisServer): Promise<Creations> {
  const make = async (create: CreateAgent) => {
    const begin = performance.now();
    await create(graph.settings, {
      signal: new AbortController().signal,
      onCredentialRefused: () => undefined,
    });
    return performance.now() - begin;
  };
  const settings = { url: redis.url, prefix: 'bench', timeoutSeconds: TIMEOUT_SECONDS, pollSeconds: 30 };
  const link = new RedisLink(settings);
  link.start();
  await eventually('connected', () => link.up);
  try {
    // Each time as another process, which has used no session yet.
    const another = () =>
      shareSessions(connectAgent, new SessionStore(link), { ttl: 600, settled: () => link.settled() });
    // Loads the Facebook SDK, which is start-up.
    await make(connectAgent);
    await make(another());
    const aloneMs = await medianOf(() => make(connectAgent));
    const sharedMs = await medianOf(() => make(another()));
    redis.freeze();
    const firstSilentMs = await make(another());
    const awayMs = await medianOf(() => make(another()));
    const ratio = (ms: number) => Math.round((ms / aloneMs) * 1000) / 1000;
    return {
      aloneMs,
      sharedMs,
      awayMs,
      firstSilentMs: round2(firstSilentMs),
      sharedToAlone: ratio(sharedMs),
      awayToAlone: ratio(awayMs),
    };
  } finally {
    link.stop();
  }
}

async function medianOf(sample: () => Promise<number>): Promise<number> {
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) samples.push(await sample());
  return round2(median(samples));
}

function format(result: Creations): string {
  const times = (ratio: number) => `${ratio} × alone`;
  return [
    `An agent alone, without Redis                  ${result.aloneMs} ms`,
    `An agent from another process's session        ${result.sharedMs} ms, ${times(result.sharedToAlone)}`,
    `An agent while Redis is known to be away       ${result.awayMs} ms, ${times(result.awayToAlone)}`,
    `The first to meet a Redis that is silent       ${result.firstSilentMs} ms (it waits a fifth of ${TIMEOUT_SECONDS * 1000} ms)`,
  ].join('\n');
}

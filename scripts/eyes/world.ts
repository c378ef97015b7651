import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../api/src/config.ts';
import { type AppContext, createContext } from '../../api/src/context.ts';
import { startService } from '../../api/src/server/service.ts';
import { TEST_API_KEY, TEST_JWT_SECRET } from '../../test/support/access-tokens.ts';
import { type GraphServer, startGraphServer } from '../../test/support/graph/index.ts';
import { type N8nServer, startN8nServer } from '../../test/support/n8n-server.ts';
import { type RedisServer, startRedis } from '../../test/support/redis.ts';
import { RULE_TIMES, type RuleTimes } from '../docs/ops/rule-times.ts';
import { rulesText } from '../docs/ops/rules.ts';
import { type AlertInbox, startAlertInbox } from './alert-inbox.ts';
import { type Neighbour, startNeighbour } from './neighbour.ts';
import { type Prometheus, startPrometheus } from './prometheus.ts';
import { startTraffic, type Traffic } from './traffic.ts';

/** Between two looks, and the times of the rules, in seconds: as in production, a hundred times faster. */
const INTERVAL_SECONDS = 1;
export const FAST_TIMES: RuleTimes = {
  ...RULE_TIMES,
  window: 5,
  memory: 10,
  patience: 6,
  confirmation: 2,
  slowCreation: 0.5,
};
/**
 * An agent's life, so short that it is renewed and goes stale while somebody waits, and so long that renewals alone,
 * on a machine that is slow, are no agent a request. A stale one stays, however long it takes to see that.
 */
const CACHE = { AGENT_CACHE_TTL: '10', AGENT_CACHE_STALE_FOR: '3600' };

/** The service with all that it is made of, under load, and what watches it. */
export interface World {
  graph: GraphServer;
  redis: RedisServer;
  n8n: N8nServer;
  /** The service that has Redis, in this process. */
  context: AppContext;
  /** The one without, as a process of its own. */
  neighbour: Neighbour;
  traffic: Traffic;
  inbox: AlertInbox;
  prometheus: Prometheus;
  stop(): Promise<void>;
}

/** Starts all of it, on free ports of loopback. */
export async function startWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'eyes-'));
  const [graph, redis, n8n, inbox] = await Promise.all([
    startGraphServer(),
    startRedis(),
    startN8nServer(),
    startAlertInbox(),
  ]);
  const env = {
    ...graph.env,
    NODE_ENV: 'test',
    PORT: '0',
    JWT_SECRET: TEST_JWT_SECRET,
    API_KEY: TEST_API_KEY,
    RATE_LIMITS: 'false',
    MAX_EVENT_LOOP_DELAY_SECONDS: '0',
  };
  const neighbour = await startNeighbour({ ...env, STATE_FILE: join(folder, 'state.db') });
  const context = createContext(
    loadConfig({
      ...env,
      ...CACHE,
      REDIS_URL: redis.url,
      N8N_WEBHOOK_URL: n8n.webhookUrl,
      TASKS_RETRY_SECONDS: '0.05',
    }),
  );
  const service = await startService(context);
  const traffic = await startTraffic([service.url, neighbour.url], () => context.n8n.send({ event: 'eyes' }));
  const prometheus = await startPrometheus({
    targets: [service.url, neighbour.url].map((url) => new URL(url).host),
    rules: rulesText(FAST_TIMES),
    alertmanager: inbox.address,
    intervalSeconds: INTERVAL_SECONDS,
  });
  return {
    graph,
    redis,
    n8n,
    context,
    neighbour,
    traffic,
    inbox,
    prometheus,
    async stop() {
      await traffic.stop();
      await prometheus.stop();
      await service.stop();
      await neighbour.end();
      await Promise.all([redis.stop(), graph.close(), n8n.close(), inbox.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

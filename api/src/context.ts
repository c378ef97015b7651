import { readFileSync } from 'node:fs';
// Before the first agent, so that what Facebook's answers are counted by stands at 0 until then.
import './agents/graph-metrics.ts';
import type { Config } from './config.ts';
import { N8nClient } from './integrations/n8n-client.ts';
import { NotionClient } from './integrations/notion-client.ts';
import { type AuthGuards, createAuthGuards } from './middleware/auth.ts';
import { createTokenVerifier } from './middleware/verify-token.ts';
import { showBuild } from './observability/build-info.ts';
import { configureLogger, registerSecret } from './observability/logger.ts';
import { Readiness } from './observability/readiness.ts';
import { createFleet, type Fleet } from './redis/fleet.ts';
import { openStateFile } from './stores/sqlite/sqlite-stores.ts';
import type { Stores } from './stores/stores.ts';
import { Courier, type CourierDeps } from './tasks/delivery/courier.ts';
import { createQueueScheduler } from './tasks/queue/queue-scheduler.ts';
import type { TaskDeps } from './tasks/task.ts';
import { createScheduler, type Scheduler } from './tasks/scheduler.ts';
import { configureAgentCache, dropAgents } from './utils/agent-cache.ts';
import { connectAgent, REFRESH_AHEAD } from './utils/agent-cache-settings.ts';

/** Everything that the service is made of. */
export interface AppContext {
  config: Config;
  /** Of this service, as in package.json. */
  version: string;
  guards: AuthGuards;
  stores: Stores;
  notion: NotionClient;
  n8n: N8nClient;
  scheduler: Scheduler;
  /** The other processes, where Redis is configured. */
  fleet?: Fleet;
  /** Becomes ready once `agent` and `schedule` are fulfilled. */
  readiness: Readiness;
}

/**
 * The one composition root. Sets up the process-wide logger and agent cache as it goes, and starts
 * nothing: no timer runs and no call is made.
 * @throws {StateFileError} when the state file cannot be used
 * @param overrides parts to use instead of the real ones
 */
export function createContext(config: Config, overrides: Partial<AppContext> = {}): AppContext {
  const version = readVersion();
  showBuild(version);
  configureLogger(config.log);
  for (const secret of secretsOf(config)) registerSecret(secret);
  const fleet = config.redis && (overrides.fleet ?? createFleet(config.redis, dropAgents));
  configureAgentCache({
    settings: config.facebook,
    ...config.agentCache,
    onInvalidate: fleet && (() => void fleet.invalidations.publish()),
    createAgent: fleet?.shareSessions(connectAgent, config.agentCache.ttl * REFRESH_AHEAD),
  });
  const stores = overrides.stores ?? fleet?.stores ?? openStateFile(config.stateFile);
  const notion = overrides.notion ?? new NotionClient(config.notion);
  const n8n = overrides.n8n ?? new N8nClient(config.n8n);
  return {
    config,
    version,
    guards: createAuthGuards({ verify: createTokenVerifier(config.auth), apiKey: config.auth.apiKey }),
    stores,
    notion,
    n8n,
    scheduler: createTaskScheduler(
      { stores, courier: createCourier({ stores, notion, n8n }, config) },
      config,
      fleet,
    ),
    fleet,
    readiness: new Readiness(['agent', 'schedule']),
    ...overrides,
  };
}

function createTaskScheduler(deps: TaskDeps, { redis, tasks }: Config, fleet?: Fleet): Scheduler {
  if (!redis || !fleet) return createScheduler(deps, { lease: tasks.lockSeconds });
  return createQueueScheduler(deps, { link: fleet.link, redis, settings: tasks });
}

function createCourier(deps: CourierDeps, { tasks }: Config): Courier {
  const { lockSeconds, retrySeconds } = tasks;
  return new Courier(deps, {
    lease: lockSeconds,
    retryAfter: retrySeconds,
    lookEvery: Math.min(10, Math.max(0.2, retrySeconds)),
  });
}

function secretsOf({ facebook, auth, notion, n8n }: Config): string[] {
  const secrets = [
    facebook.accessToken,
    facebook.appSecret,
    auth.jwtSecret,
    auth.apiKey,
    notion.token,
    n8n.webhookUrl,
  ];
  return secrets.filter((secret) => secret !== undefined);
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return version;
}

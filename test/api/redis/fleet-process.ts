import { signToken } from '../../support/access-tokens.ts';
import type { GraphServer } from '../../support/graph/index.ts';
import type { RedisServer } from '../../support/redis.ts';
import { SERVER_ENV, startServerProcess } from '../../support/server-process.ts';

export interface FleetMember {
  url: string;
  /** Makes a request that needs the agent. @returns its status */
  useAgent: () => Promise<number>;
  isCached: () => Promise<boolean>;
  /** What the endpoint answered as `published`. */
  invalidate: () => Promise<boolean>;
  get: (path: string) => Promise<Record<string, unknown>>;
  kill: (signal: NodeJS.Signals) => void;
}

/** What an agent answers without a call to Graph, once it is connected. */
const HELP = JSON.stringify({ message: 'help' });

/** API processes on one Redis, on one stand-in Graph server. */
export async function startMembers(
  count: number,
  { graph, redis, env = {} }: { graph: GraphServer; redis: RedisServer; env?: Record<string, string> },
): Promise<FleetMember[]> {
  const settings = {
    ...SERVER_ENV,
    ...graph.env,
    REDIS_URL: redis.url,
    TASKS_ENABLED: 'false',
    ...env,
  };
  const user = `Bearer ${await signToken()}`;
  const admin = `Bearer ${await signToken({ sub: 'admin-1', role: 'admin' })}`;
  const start = async (): Promise<FleetMember> => {
    const server = await startServerProcess({ env: settings });
    const ask = (path: string, authorization: string, method = 'GET') =>
      fetch(`${server.url}${path}`, { method, headers: { authorization } });
    const json = async (response: Response) => (await response.json()) as Record<string, unknown>;
    return {
      url: server.url,
      kill: (signal) => server.kill(signal),
      async useAgent() {
        const response = await fetch(`${server.url}/api/v1/chat`, {
          method: 'POST',
          headers: { authorization: user, 'content-type': 'application/json' },
          body: HELP,
        });
        await response.arrayBuffer();
        return response.status;
      },
      isCached: async () => (await json(await ask('/health/agent-cache', ''))).cached === true,
      invalidate: async () =>
        (await json(await ask('/admin/invalidate-cache', admin, 'POST'))).published === true,
      get: async (path) => json(await ask(path, '')),
    };
  };
  return Promise.all(Array.from({ length: count }, start));
}

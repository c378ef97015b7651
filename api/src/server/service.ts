import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { closeGraphConnections } from '../agents/graph-origin.ts';
import { versionWarning } from '../agents/graph-versions.ts';
import { createApp } from '../app.ts';
import type { AppContext } from '../context.ts';
import { logger } from '../observability/logger.ts';
import { stopAgentCache } from '../utils/agent-cache.ts';
import { createHttpServer, type HttpServer } from './http-server.ts';
import { warmUpAgent } from './warm-up.ts';

/** What an idle connection is left to bring a request that was on its way. */
const IDLE_GRACE_MS = 250;

export interface Service {
  /** Where it listens, without a slash at the end. */
  url: string;
  /**
   * Not ready at once; stops listening, lets requests and tasks finish, cuts what is left at the
   * deadline.
   * @returns whether everything finished in time
   */
  stop(): Promise<boolean>;
}

export interface ServiceOptions {
  /** False leaves the agent to the first caller. Default true. */
  warmUp?: boolean;
}

/**
 * Listens, then warms the agent cache and starts the schedule: ready when both stand.
 * @throws {NodeJS.ErrnoException} when the address cannot be listened on
 */
export async function startService(
  context: AppContext,
  { warmUp = true }: ServiceOptions = {},
): Promise<Service> {
  const { config, readiness, scheduler } = context;
  readiness.show();
  const http = createHttpServer(createApp(context));
  http.server.listen(config.server.port, config.server.host);
  await once(http.server, 'listening');
  const url = urlOf(http);
  logger.info(`Listening on ${url}`);
  const warning = versionWarning(config.facebook.graphVersion, new Date());
  if (warning !== null) logger.warn(warning);

  context.fleet?.start();
  const stopping = new AbortController();
  if (warmUp) {
    void warmUpAgent(stopping.signal).then((warm) => {
      if (warm) readiness.fulfil('agent');
    });
  }
  if (config.tasks.enabled) scheduler.start();
  readiness.fulfil('schedule');

  let stopped: Promise<boolean> | undefined;
  const stop = async (): Promise<boolean> => {
    const { shutdownDelaySeconds, shutdownTimeoutSeconds } = config.server;
    readiness.stop();
    stopping.abort();
    const deadline = new AbortController();
    const late = delay(shutdownTimeoutSeconds * 1000, false, { signal: deadline.signal }).catch(() => false);
    const drain = async () => {
      if (shutdownDelaySeconds > 0) await delay(shutdownDelaySeconds * 1000);
      const [, tasksEnded] = await Promise.all([
        http.connections.close(IDLE_GRACE_MS),
        scheduler.stop(shutdownTimeoutSeconds),
      ]);
      return tasksEnded;
    };
    const finished = await Promise.race([drain(), late]);
    deadline.abort();
    http.connections.destroy();
    stopAgentCache();
    context.fleet?.stop();
    context.stores.close();
    await closeGraphConnections();
    return finished;
  };
  return {
    url,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

function urlOf({ server }: HttpServer): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

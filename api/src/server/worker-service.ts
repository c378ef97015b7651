import express, { Router } from 'express';
import { closeGraphConnections } from '../agents/graph-origin.ts';
import { prometheusRouter } from '../api/prometheus.ts';
import type { AppContext } from '../context.ts';
import { errorHandler } from '../middleware/error-handler.ts';
import { knownRoutesOf } from '../middleware/known-routes.ts';
import { oneHost } from '../middleware/one-host.ts';
import { requestId } from '../middleware/request-id.ts';
import { logger } from '../observability/logger.ts';
import { stopAgentCache } from '../utils/agent-cache.ts';
import { createHttpServer } from './http-server.ts';
import type { Service } from './service.ts';

const IDLE_GRACE_MS = 0;

/** Runs tasks, and serves no requests but those for its own metrics and life, where a port is set. */
export function startWorker({ config, fleet, scheduler }: AppContext): Pick<Service, 'stop'> {
  const closeMetrics = serveMetrics(config.server.host, config.tasks.workerPort);
  fleet?.start();
  scheduler.start();
  let stopped: Promise<boolean> | undefined;
  const stop = async () => {
    const finished = await scheduler.stop(config.server.shutdownTimeoutSeconds);
    stopAgentCache();
    fleet?.stop();
    closeMetrics();
    await closeGraphConnections();
    return finished;
  };
  return {
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

function serveMetrics(host: string, port: number | undefined): () => void {
  if (port === undefined) return () => undefined;
  const life = Router();
  life.get('/livez', (_req, res) => void res.json({ status: 'alive' }));
  const routers = [prometheusRouter(), life];
  const app = express().disable('x-powered-by');
  app.use(requestId, oneHost, knownRoutesOf(routers), ...routers, errorHandler);
  const { server, connections } = createHttpServer(app);
  server.once('error', (error) => logger.error('No metrics are served', { error }));
  server.listen(port, host, () => logger.info(`Metrics on http://${host}:${addressPort(server.address())}`));
  return () => {
    void connections.close(IDLE_GRACE_MS);
    connections.destroy();
  };
}

function addressPort(address: ReturnType<ReturnType<typeof createHttpServer>['server']['address']>): number {
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

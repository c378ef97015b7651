import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { ServiceUnavailableError } from '../errors.ts';
import type { Readiness } from '../observability/readiness.ts';
import type { TaskStatus } from '../tasks/scheduler.ts';
import {
  type AgentCacheStats,
  agentCacheCounts,
  getCachedAgentProvider,
  isCredentialRefused,
} from '../utils/agent-cache.ts';

export interface HealthDeps {
  readiness: Readiness;
  version: string;
  /** Whether each integration has what it needs, by name. */
  integrations: Record<string, boolean>;
  tasks: () => TaskStatus[];
  /** Whether all tasks stand on the schedule. */
  scheduled: () => boolean;
  /** Whether Redis answers; left out where it is not configured. */
  redis?: () => boolean;
  /** Whether what is to be remembered is taken; left out where that is Redis' business. */
  stateWritable?: () => boolean;
}

/** Is the process alive, should it get requests, and how is it doing. Open to all; no secrets. */
export function healthRouter(deps: HealthDeps): Router {
  const { readiness, version, integrations, tasks, redis, stateWritable } = deps;
  const router = Router();
  /** Two answers with the same counters prove something only if one process gave both. */
  const processId = randomUUID();

  router.get('/livez', (_req, res) => {
    res.json({ status: 'alive' });
  });

  router.get('/readyz', (_req, res) => {
    const { state, pending } = readiness;
    if (state === 'ready') {
      res.json({ status: 'ready' });
      return;
    }
    const detail = state === 'stopping' ? 'The service is stopping' : `Waiting for: ${pending.join(', ')}`;
    throw new ServiceUnavailableError(detail, 1, { extensions: { state, pending } });
  });

  router.get('/health', (_req, res) => {
    res.json({
      status: isDegraded(deps) ? 'degraded' : readiness.state,
      version,
      uptime_seconds: Math.round(process.uptime()),
      agent_cache: agentCacheHealth(processId),
      tasks: tasks(),
      integrations,
      facebook: { credential_refused: isCredentialRefused() },
      ...(redis && { redis: { status: redis() ? 'up' : 'down' } }),
      ...(stateWritable && { state: { writable: stateWritable() } }),
    });
  });

  router.get('/health/agent-cache', (_req, res) => {
    res.json(agentCacheHealth(processId));
  });

  return router;
}

function isDegraded({ readiness, redis, scheduled, stateWritable }: HealthDeps): boolean {
  if (readiness.state === 'stopping') return false;
  if (isCredentialRefused()) return true;
  if (readiness.state !== 'ready') return false;
  return redis?.() === false || stateWritable?.() === false || !scheduled();
}

/** The statistics of the shared agent, and what a check from outside needs to draw conclusions from them. */
export interface AgentCacheHealth extends AgentCacheStats {
  status: 'healthy' | 'expired';
  /** Over all agents of the process, as in the metrics. */
  hits: number;
  misses: number;
  /** Changes with every start. */
  process: string;
}

function agentCacheHealth(processId: string): AgentCacheHealth {
  const stats = getCachedAgentProvider().getStats();
  return {
    status: stats.is_valid ? 'healthy' : 'expired',
    ...stats,
    ...agentCacheCounts(),
    process: processId,
  };
}

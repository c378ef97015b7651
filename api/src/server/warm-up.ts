import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../errors.ts';
import { logger } from '../observability/logger.ts';
import { describeError } from '../observability/serialize.ts';
import { getFacebookAgent, warmUpAgentCache } from '../utils/agent-cache.ts';
import { loadAgent } from '../utils/agent-cache-settings.ts';

const RETRY_SECONDS = { least: 0.1, most: 10 };

/**
 * Has the first agent made, so that no caller waits for it. While Facebook cannot be reached it
 * tries again, as the cache's backoff allows, until `signal` aborts.
 * @returns whether there is an agent
 */
export async function warmUpAgent(signal: AbortSignal): Promise<boolean> {
  // Loaded here, it is no part of the first agent's time, and Redis is connected to meanwhile.
  await loadAgent();
  if (await warmUpAgentCache()) return true;
  while (!signal.aborted) {
    try {
      await getFacebookAgent();
      return true;
    } catch (error) {
      const seconds = retryAfterOf(error);
      logger.warn('No agent yet, not ready', {
        reason: describeError(error, { stack: false }),
        retry_in_seconds: seconds,
      });
      await delay(seconds * 1000, undefined, { signal }).catch(() => undefined);
    }
  }
  return false;
}

function retryAfterOf(error: unknown): number {
  const seconds = error instanceof ProblemError ? Number(error.headers['Retry-After'] ?? 1) : 1;
  return Math.min(RETRY_SECONDS.most, Math.max(RETRY_SECONDS.least, seconds));
}

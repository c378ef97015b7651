import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import type { FacebookSettings } from '../../../api/src/config.ts';
import { logger } from '../../../api/src/observability/logger.ts';
import {
  type AgentCacheOptions,
  configureAgentCache,
  getFacebookAgent,
  stopAgentCache,
  warmUpAgentCache,
} from '../../../api/src/utils/agent-cache.ts';
import type { Contender, Creation } from './contender.ts';

export const SETTINGS: FacebookSettings = {
  accessToken: 'test-token-not-real',
  adAccountId: '1000000000000001',
  appId: '1000000000000002',
  appSecret: 'test-secret-not-real',
  graphUrl: 'http://127.0.0.1:9',
  graphVersion: 'v26.0',
  timeoutSeconds: 10,
};

/** A real agent, not connected: what is measured is the cache around it. */
export function buildAgent(): FacebookAdsAgent {
  return new FacebookAdsAgent(SETTINGS);
}

/** The agent cache as routes use it: metrics on, debug logging off. Its lines are muted, not its work. */
export function ours(name = 'ours', options: AgentCacheOptions = {}): Contender {
  return {
    name,
    async open(create: Creation<FacebookAdsAgent>, times) {
      logger.silent = true;
      const { ttl, staleFor } = times;
      configureAgentCache({
        settings: SETTINGS,
        keepWarm: false,
        ...options,
        ttl,
        staleFor,
        createAgent: () => create(),
      });
      if (options.keepWarm) await warmUpAgentCache();
      return { get: getFacebookAgent, close: stopAgentCache };
    },
  };
}

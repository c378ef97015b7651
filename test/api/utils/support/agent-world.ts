import { jest } from '@jest/globals';
import { FacebookAdsAgent } from '../../../../api/src/agents/facebook-ads-agent.ts';
import type { FacebookSettings } from '../../../../api/src/config.ts';
import { configureLogger } from '../../../../api/src/observability/logger.ts';
import {
  type AgentCacheOptions,
  type AgentContext,
  configureAgentCache,
} from '../../../../api/src/utils/agent-cache.ts';
import { captureLogs } from '../../../support/log-capture.ts';

export const SETTINGS: FacebookSettings = {
  accessToken: 'test-token-not-real',
  adAccountId: '1000000000000001',
  appId: '1000000000000002',
  appSecret: 'test-secret-not-real',
  graphUrl: 'http://127.0.0.1:9',
  graphVersion: 'v26.0',
  timeoutSeconds: 10,
};

/** How long it takes to make an agent, in fake milliseconds. */
export const CREATION_MS = 412;

/** The agent cache afresh, its log, and creations that take their time under jest's fake timers. */
export function agentWorld(options: AgentCacheOptions = {}, level = 'info') {
  let failure: Error | undefined;
  const createAgent = jest.fn(async (settings: FacebookSettings, _context: AgentContext) => {
    await new Promise((resolve) => setTimeout(resolve, CREATION_MS));
    if (failure) throw failure;
    return new FacebookAdsAgent(settings);
  });
  configureAgentCache({
    settings: SETTINGS,
    ttl: 3600,
    staleFor: 0,
    keepWarm: false,
    createAgent,
    ...options,
  });
  configureLogger({ level });
  const logs = captureLogs();
  return {
    createAgent,
    fail(error: Error | undefined) {
      failure = error;
    },
    /** The lines so far without their times. */
    lines: () => logs.lines.map((line) => line.replace(/^\S+ /, '')),
    stop() {
      logs.stop();
      configureLogger({ level: 'info' });
      configureAgentCache({});
    },
  };
}

/** Lets an agent be made. */
export async function pass(milliseconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
}

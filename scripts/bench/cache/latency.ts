import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import { logger } from '../../../api/src/observability/logger.ts';
import {
  configureAgentCache,
  getFacebookAgent,
  warmUpAgentCache,
} from '../../../api/src/utils/agent-cache.ts';
import { startGraphServer } from '../../../test/support/graph/index.ts';
import { quantile, round2 } from './numbers.ts';

/** Milliseconds. */
export interface Latency {
  mean: number;
  p50: number;
  p99: number;
}

const REQUESTS = 40;
const WARM_UP_REQUESTS = 3;

/** The same work with an agent of its own for every request, and with the shared one, warmed up as the API's is. */
export async function measureLatency(): Promise<{ before: Latency; after: Latency }> {
  logger.silent = true;
  const graph = await startGraphServer({ latency: 'realistic' });
  try {
    configureAgentCache({ settings: graph.settings });
    const before = await serve(async () => new FacebookAdsAgent(graph.settings));
    await warmUpAgentCache();
    const after = await serve(getFacebookAgent);
    return { before, after };
  } finally {
    configureAgentCache({});
    await graph.close();
  }
}

async function serve(obtain: () => Promise<FacebookAdsAgent>): Promise<Latency> {
  const waits: number[] = [];
  for (let request = -WARM_UP_REQUESTS; request < REQUESTS; request += 1) {
    const begin = performance.now();
    const agent = await obtain();
    await agent.getCampaigns('ACTIVE', 10);
    if (request >= 0) waits.push(performance.now() - begin);
  }
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  return { mean: round2(mean), p50: round2(quantile(waits, 0.5)), p99: round2(quantile(waits, 0.99)) };
}

import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import type { CachedAgentProvider } from '../utils/agent-cache.ts';

export async function open(_provider?: CachedAgentProvider) {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}

import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import * as cache from '../utils/agent-cache.ts';

export const provider = cache.getCachedAgentProvider();

export async function open() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}

import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import {
  type CachedAgentProvider,
  getCachedAgentProvider,
} from '../utils/agent-cache.ts';

export const provider: CachedAgentProvider = getCachedAgentProvider();

export async function open() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}

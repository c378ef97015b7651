import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function done() {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

export async function open(): Promise<unknown> {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}

import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/index.ts';

export async function done() {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

export async function open(): Promise<unknown> {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}

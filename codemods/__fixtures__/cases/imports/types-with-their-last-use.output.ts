import { getFacebookAgent } from '../utils/agent-cache.js';
import type { FacebookAdsAgent as Kept } from '../agents/facebook-ads-agent.js';
import type { FacebookAdsAgent as Handed } from '../agents/facebook-ads-agent.js';
import type { FacebookAdsAgent as Unused } from '../agents/facebook-ads-agent.js';

export interface Shared extends Kept {
  shared: true;
}

export type { Handed };

export async function run(): Promise<number> {
  const campaigns = await (await getFacebookAgent()).getCampaigns();
  const kept = await (await getFacebookAgent()).getCampaigns();
  const handed = await (await getFacebookAgent()).getCampaigns();
  return campaigns.length + kept.length + handed.length;
}

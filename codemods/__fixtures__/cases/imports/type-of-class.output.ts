import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function run() {
  const agent: InstanceType<typeof FacebookAdsAgent> = await getFacebookAgent();
  return agent.getCampaigns();
}

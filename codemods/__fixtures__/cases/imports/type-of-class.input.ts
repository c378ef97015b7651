import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export async function run() {
  const agent: InstanceType<typeof FacebookAdsAgent> = new FacebookAdsAgent();
  return agent.getCampaigns();
}

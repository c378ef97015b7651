import { FacebookAdsAgent as Agent } from '../agents/facebook-ads-agent.ts';

export async function run() {
  const agent = new Agent();
  return agent.getCampaigns();
}

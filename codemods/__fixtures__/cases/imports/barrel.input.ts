import { FacebookAdsAgent } from '../agents/index.ts';

export async function run(): Promise<unknown> {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}

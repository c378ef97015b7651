import type { Campaign } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function run(): Promise<Campaign[]> {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

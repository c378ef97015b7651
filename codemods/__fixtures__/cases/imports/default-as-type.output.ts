import type { default as Agent, Campaign } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function run(): Promise<Campaign[]> {
  const agent: Agent = await getFacebookAgent();
  return agent.getCampaigns();
}

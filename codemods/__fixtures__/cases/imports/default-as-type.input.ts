import Agent, { type Campaign } from '../agents/facebook-ads-agent.ts';

export async function run(): Promise<Campaign[]> {
  const agent: Agent = new Agent();
  return agent.getCampaigns();
}

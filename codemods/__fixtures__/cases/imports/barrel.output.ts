import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function run(): Promise<unknown> {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

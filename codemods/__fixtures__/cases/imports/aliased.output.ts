import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function run() {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

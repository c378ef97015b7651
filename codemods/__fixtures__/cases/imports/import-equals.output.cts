import { getFacebookAgent } from '../utils/agent-cache';

export async function run() {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

import * as cache from '../utils/agent-cache.ts';

export const provider = cache.getCachedAgentProvider();

export async function open() {
  const agent = await cache.getFacebookAgent();
  return agent.getCampaigns();
}

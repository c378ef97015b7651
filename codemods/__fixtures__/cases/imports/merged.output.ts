import {
  type CachedAgentProvider,
  getCachedAgentProvider,
  getFacebookAgent,
} from '../utils/agent-cache.ts';

export const provider: CachedAgentProvider = getCachedAgentProvider();

export async function open() {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

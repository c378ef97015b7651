import { getFacebookAgent } from '../utils/agent-cache.ts';
import type { CachedAgentProvider } from '../utils/agent-cache.ts';

export async function open(_provider?: CachedAgentProvider) {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

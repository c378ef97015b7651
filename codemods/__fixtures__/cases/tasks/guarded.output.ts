import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getCachedAgentProvider } from '../utils/agent-cache.ts';

export async function collect(): Promise<number> {
  const provider = getCachedAgentProvider({ cacheTtl: 1800 });
  let agent: FacebookAdsAgent;
  try {
    agent = await provider.getAgent();
  } catch (error) {
    throw new Error('no agent', { cause: error });
  }
  return (await agent.getCampaigns()).length;
}

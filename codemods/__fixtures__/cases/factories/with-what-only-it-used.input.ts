import type { Campaign } from '../agents/facebook-ads-agent.ts';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import type { CachedAgentProvider } from '../utils/agent-cache.ts';

/** Where the agent is needed. */
interface Context {
  id: string;
  provider?: CachedAgentProvider;
}

type Agent = FacebookAdsAgent;

type Listed = Campaign[];

function makeAgent(_context: Context, _listed?: Listed): Agent {
  return new FacebookAdsAgent();
}

export async function list(id: string): Promise<Listed> {
  const context = { id };
  const agent = makeAgent(context);
  return agent.getCampaigns();
}

export async function show(id: string) {
  const context = { id };
  const agent = makeAgent(context);
  return agent.getCampaign(context.id);
}

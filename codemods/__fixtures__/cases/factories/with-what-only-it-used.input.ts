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

/** What is written right above a factory. */
interface Near {
  id?: string;
}
const makeNear = (_near?: Near): FacebookAdsAgent => new FacebookAdsAgent();

export const near = async () => (await makeNear()).getCampaigns();

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

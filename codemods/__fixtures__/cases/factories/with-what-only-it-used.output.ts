import type { Campaign } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

type Listed = Campaign[];

export const near = async () => (await getFacebookAgent()).getCampaigns();

export async function list(id: string): Promise<Listed> {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

export async function show(id: string) {
  const context = { id };
  const agent = await getFacebookAgent();
  return agent.getCampaign(context.id);
}

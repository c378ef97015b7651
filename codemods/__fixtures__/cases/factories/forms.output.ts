import type { Campaign } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function use(): Promise<Campaign[][]> {
  const a = await getFacebookAgent();
  const b = await getFacebookAgent();
  const c = await getFacebookAgent();
  const d = await getFacebookAgent();
  return Promise.all([a.getCampaigns(), b.getCampaigns(), c.getCampaigns(), d.getCampaigns()]);
}

export async function promised(): Promise<Campaign[]> {
  return getFacebookAgent().then((agent) => agent.getCampaigns());
}

import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

class Clients {
  static describe(): string {
    return 'clients';
  }
}

export async function getOfJobs(): Promise<FacebookAdsAgent> {
  return await getFacebookAgent();
}

export async function campaigns() {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

export async function names() {
  return [Clients.describe(), await (await getFacebookAgent()).getCampaigns()];
}

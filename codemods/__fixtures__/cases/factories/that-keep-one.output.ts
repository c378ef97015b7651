import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

class Clients {
  static shortName(): string {
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
  return [Clients.shortName(), await (await getFacebookAgent()).getCampaigns()];
}

import type * as agents from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function run(given?: agents.FacebookAdsAgent): Promise<agents.Campaign[]> {
  const agent = given ?? (await getFacebookAgent());
  return agent.getCampaigns();
}

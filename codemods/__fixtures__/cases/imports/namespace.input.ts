import * as agents from '../agents/facebook-ads-agent.ts';

export async function run(given?: agents.FacebookAdsAgent): Promise<agents.Campaign[]> {
  const agent = given ?? new agents.FacebookAdsAgent();
  return agent.getCampaigns();
}

import {
  type Campaign,
  FacebookAdsAgent,
} from '../agents/facebook-ads-agent.ts';

export async function first(): Promise<Campaign | undefined> {
  const agent = new FacebookAdsAgent();
  return (await agent.getCampaigns())[0];
}

export function names(): Promise<string[]> {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns().then((campaigns) => {
    const ids = campaigns.map(({ id }) => id);
    return ids;
  });
}

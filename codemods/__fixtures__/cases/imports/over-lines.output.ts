import type { Campaign } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function first(): Promise<Campaign | undefined> {
  const agent = await getFacebookAgent();
  return (await agent.getCampaigns())[0];
}

export function names(): Promise<string[]> {
  return getFacebookAgent()
    .then((agent) => agent.getCampaigns())
    .then((campaigns) => {
      const ids = campaigns.map(({ id }) => id);
      return ids;
    });
}

import { type Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export async function each(ids: string[]): Promise<Campaign[]> {
  return Promise.all(
    ids.map(async (id) => {
      const agent = new FacebookAdsAgent();
      return agent.getCampaign(id);
    }),
  );
}

export async function eachAtOnce(ids: string[]): Promise<Campaign[]> {
  return Promise.all(ids.map((id) => new FacebookAdsAgent().getCampaign(id)));
}

export async function nested(ids: string[]): Promise<number> {
  async function spendOf(id: string): Promise<number> {
    const agent = new FacebookAdsAgent();
    return (await agent.getCampaign(id)).spend;
  }
  let total = 0;
  for (const id of ids) total += await spendOf(id);
  return total;
}

export async function handledInPart() {
  const agent = new FacebookAdsAgent();
  const [one, all] = await Promise.all([agent.getCampaign('1').catch(() => null), agent.getCampaigns()]);
  return { one, all };
}

export async function loggedInPart(log: (error: unknown) => null) {
  const agent = new FacebookAdsAgent();
  const [one, all] = await Promise.all([
    agent.getCampaign('1').catch((error: unknown) => log(error)),
    agent.getCampaigns(),
  ]);
  return { one, all };
}

import type { Campaign } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function each(ids: string[]): Promise<Campaign[]> {
  return Promise.all(
    ids.map(async (id) => {
      const agent = await getFacebookAgent();
      return agent.getCampaign(id);
    }),
  );
}

export async function eachAtOnce(ids: string[]): Promise<Campaign[]> {
  return Promise.all(ids.map((id) => getFacebookAgent().then((agent) => agent.getCampaign(id))));
}

export async function nested(ids: string[]): Promise<number> {
  async function spendOf(id: string): Promise<number> {
    const agent = await getFacebookAgent();
    return (await agent.getCampaign(id)).spend;
  }
  let total = 0;
  for (const id of ids) total += await spendOf(id);
  return total;
}

export async function handledInPart() {
  const agent = await getFacebookAgent();
  const [one, all] = await Promise.all([agent.getCampaign('1').catch(() => null), agent.getCampaigns()]);
  return { one, all };
}

export async function loggedInPart(log: (error: unknown) => null) {
  const [one, all] = await Promise.all([
    getFacebookAgent()
      .then((agent) => agent.getCampaign('1'))
      .catch((error: unknown) => log(error)),
    getFacebookAgent().then((agent) => agent.getCampaigns()),
  ]);
  return { one, all };
}

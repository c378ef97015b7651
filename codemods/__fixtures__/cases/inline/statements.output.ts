import type { Request, Response } from 'express';
import type { Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function severalNames(id: string): Promise<Campaign> {
  const agent = await getFacebookAgent(),
    campaignId = id.trim();
  return agent.getCampaign(campaignId);
}

export async function inSwitch(kind: string): Promise<number> {
  switch (kind) {
    case 'all':
      const agent = await getFacebookAgent();
      return (await agent.getCampaigns()).length;
    default:
      return 0;
  }
}

export async function guardedByHand(_req: Request, res: Response): Promise<void> {
  let agent: FacebookAdsAgent;
  try {
    agent = await getFacebookAgent();
  } catch {
    res.status(503).end();
    return;
  }
  res.json(await agent.getCampaigns());
}

export const controller = {
  async list(_req: Request, res: Response): Promise<void> {
    const agent = await getFacebookAgent();
    res.json(await agent.getCampaigns());
  },
  async describe(_req: Request, res: Response): Promise<void> {
    const agent = await getFacebookAgent();
    res.send(agent.shortName());
  },
};

export async function eitherOf(live: boolean, other: FacebookAdsAgent): Promise<Campaign[]> {
  const agent = live ? await getFacebookAgent() : other;
  return agent.getCampaigns();
}

export async function together(): Promise<Campaign[][]> {
  return Promise.all([getFacebookAgent().then((agent) => agent.getCampaigns('ACTIVE')), getFacebookAgent().then((agent) => agent.getCampaigns('PAUSED'))]);
}

export async function inAClosure(ids: string[]): Promise<Campaign[]> {
  const agent = await getFacebookAgent();
  const load = (id: string) => agent.getCampaign(id);
  return Promise.all(ids.map(load));
}

export async function parts(): Promise<string> {
  const { accountId } = await getFacebookAgent();
  return `${accountId} ${(await getFacebookAgent()).shortName()}`;
}

export async function inALoop(ids: string[]): Promise<number> {
  let total = 0;
  for (const id of ids) {
    const agent = await getFacebookAgent();
    total += (await agent.getCampaign(id)).spend;
  }
  return total;
}

void (async () => {
  const agent = await getFacebookAgent();
  await agent.getCampaigns();
})();

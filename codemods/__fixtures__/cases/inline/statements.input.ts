import type { Request, Response } from 'express';
import { type Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export async function severalNames(id: string): Promise<Campaign> {
  const agent = new FacebookAdsAgent(),
    campaignId = id.trim();
  return agent.getCampaign(campaignId);
}

export async function inSwitch(kind: string): Promise<number> {
  switch (kind) {
    case 'all':
      const agent = new FacebookAdsAgent();
      return (await agent.getCampaigns()).length;
    default:
      return 0;
  }
}

export async function guardedByHand(_req: Request, res: Response): Promise<void> {
  let agent: FacebookAdsAgent;
  try {
    agent = new FacebookAdsAgent();
  } catch {
    res.status(503).end();
    return;
  }
  res.json(await agent.getCampaigns());
}

export const controller = {
  async list(_req: Request, res: Response): Promise<void> {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  },
  describe(_req: Request, res: Response): void {
    const agent = new FacebookAdsAgent();
    res.send(agent.shortName());
  },
};

export async function eitherOf(live: boolean, other: FacebookAdsAgent): Promise<Campaign[]> {
  const agent = live ? new FacebookAdsAgent() : other;
  return agent.getCampaigns();
}

export async function together(): Promise<Campaign[][]> {
  return Promise.all([new FacebookAdsAgent().getCampaigns('ACTIVE'), new FacebookAdsAgent().getCampaigns('PAUSED')]);
}

export async function inAClosure(ids: string[]): Promise<Campaign[]> {
  const agent = new FacebookAdsAgent();
  const load = (id: string) => agent.getCampaign(id);
  return Promise.all(ids.map(load));
}

export async function parts(): Promise<string> {
  const { accountId } = new FacebookAdsAgent();
  return `${accountId} ${new FacebookAdsAgent().shortName()}`;
}

export async function inALoop(ids: string[]): Promise<number> {
  let total = 0;
  for (const id of ids) {
    const agent = new FacebookAdsAgent();
    total += (await agent.getCampaign(id)).spend;
  }
  return total;
}

void (async () => {
  const agent = new FacebookAdsAgent();
  await agent.getCampaigns();
})();

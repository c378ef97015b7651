import { Router } from 'express';
import { type Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

router.get('/', (_req, res, next) => {
  const agent = new FacebookAdsAgent();
  agent
    .getCampaigns()
    .then((campaigns) => res.json(campaigns))
    .catch(next);
});

router.get('/mapped', (_req, res) => {
  new FacebookAdsAgent()
    .getCampaigns()
    .then((campaigns) => res.json(campaigns))
    .catch(() => res.status(502).end());
});

router.get('/two', (_req, res, next) => {
  const agent = new FacebookAdsAgent();
  Promise.all([agent.getCampaigns('ACTIVE'), agent.getCampaigns('PAUSED')])
    .then(([active, paused]) => res.json({ active, paused }))
    .catch(next);
});

export function active(): Promise<Campaign[]> {
  return new FacebookAdsAgent().getCampaigns('ACTIVE');
}

export const paused = (): Promise<Campaign[]> => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns('PAUSED');
};

function one(id: string) {
  const agent = new FacebookAdsAgent();
  return agent.getCampaign(id);
}

export async function spend(id: string): Promise<number> {
  const campaign = await one(id);
  return campaign.spend;
}

import { Router } from 'express';
import type { Campaign } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

router.get('/', (_req, res, next) => {
  getFacebookAgent()
    .then((agent) => agent.getCampaigns())
    .then((campaigns) => res.json(campaigns))
    .catch(next);
});

router.get('/mapped', (_req, res) => {
  getFacebookAgent()
    .then((agent) => agent.getCampaigns())
    .then((campaigns) => res.json(campaigns))
    .catch(() => res.status(502).end());
});

router.get('/two', async (_req, res, next) => {
  const agent = await getFacebookAgent();
  Promise.all([agent.getCampaigns('ACTIVE'), agent.getCampaigns('PAUSED')])
    .then(([active, paused]) => res.json({ active, paused }))
    .catch(next);
});

export function active(): Promise<Campaign[]> {
  return getFacebookAgent().then((agent) => agent.getCampaigns('ACTIVE'));
}

export const paused = (): Promise<Campaign[]> => {
  return getFacebookAgent().then((agent) => agent.getCampaigns('PAUSED'));
};

function one(id: string) {
  return getFacebookAgent().then((agent) => agent.getCampaign(id));
}

export async function spend(id: string): Promise<number> {
  const campaign = await one(id);
  return campaign.spend;
}

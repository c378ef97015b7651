import { Router } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

async function withinTime<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time')), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const countOf = async (agent: FacebookAdsAgent) => (await agent.getCampaigns()).length;

router.get('/campaigns', async (_req, res) => {
  res.json(await withinTime(getFacebookAgent().then((agent) => agent.getCampaigns()), 300));
});

router.get('/count', async (_req, res) => {
  res.json(await withinTime(getFacebookAgent().then((agent) => countOf(agent)), 300));
});

import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

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
  const agent = new FacebookAdsAgent();
  res.json(await withinTime(agent.getCampaigns(), 300));
});

router.get('/count', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await withinTime(countOf(agent), 300));
});

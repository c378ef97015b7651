import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

router.get('/late', async (_req, res) => {
  const { FacebookAdsAgent: Late } = await import('../agents/facebook-ads-agent.ts');
  const agent = new Late();
  res.json(await agent.getCampaigns());
});

router.get('/', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

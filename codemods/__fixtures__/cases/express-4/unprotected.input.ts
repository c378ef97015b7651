import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

router.get('/', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/describe', (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.send(agent.shortName());
});

import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

router.get('/campaigns', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json({ campaigns: await agent.getCampaigns() });
});

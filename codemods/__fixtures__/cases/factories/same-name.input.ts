import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

const getFacebookAgent = (): FacebookAdsAgent => new FacebookAdsAgent();

router.get('/', async (_req, res) => {
  const agent = getFacebookAgent();
  res.json(await agent.getCampaigns());
});

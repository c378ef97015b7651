import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

function getAgent(): FacebookAdsAgent | null {
  try {
    return new FacebookAdsAgent();
  } catch {
    return null;
  }
}

router.get('/', async (_req, res) => {
  const agent = getAgent();
  if (!agent) {
    res.status(503).end();
    return;
  }
  res.json(await agent.getCampaigns());
});

import { Router } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

async function getAgent(): Promise<FacebookAdsAgent | null> {
  try {
    return await getFacebookAgent();
  } catch {
    return null;
  }
}

router.get('/', async (_req, res) => {
  const agent = await getAgent();
  if (!agent) {
    res.status(503).end();
    return;
  }
  res.json(await agent.getCampaigns());
});

import { Router } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

router.get('/campaigns', async (_req, res) => {
  const agent = await getFacebookAgent();
  res.json({ campaigns: await agent.getCampaigns() });
});

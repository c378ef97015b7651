import { Router } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

router.get('/late', async (_req, res) => {
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaigns());
});

router.get('/', async (_req, res) => {
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaigns());
});

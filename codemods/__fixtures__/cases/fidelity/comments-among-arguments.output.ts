import { Router } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

router.get('/', async (_req, res) => {
  const agent = await getFacebookAgent(/* with the settings of the process */);
  res.json(await agent.getCampaigns());
});

router.get('/report', async (_req, res) => {
  const agent = await getFacebookAgent(
    // shown in the log
    // until May
  );
  res.json(await agent.getCampaigns());
});

import { Router } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

router.get('/', async (_req, res) => {
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaigns());
});

router.get('/:id', async (req, res) => {
  res.json(await (await getFacebookAgent()).getCampaign(req.params.id));
});

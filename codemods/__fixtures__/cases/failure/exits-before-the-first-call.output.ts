import { Router } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

router.get('/:id', async (req, res) => {
  const { id } = req.params;
  if (!/^\d+$/.test(id)) {
    res.status(400).json({ error: 'bad id' });
    return;
  }
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaign(id));
});

router.get('/', async (req, res) => {
  const agent = await getFacebookAgent(); // one for each request
  const limit = Number(req.query.limit ?? 10);
  res.json(await agent.getCampaigns('ACTIVE', limit));
});

router.get('/live', async (req, res) => {
  if (req.query.live) {
    const agent = await getFacebookAgent();
    const campaigns = await agent.getCampaigns();
    res.json(campaigns);
  } else {
    res.json([]);
  }
});

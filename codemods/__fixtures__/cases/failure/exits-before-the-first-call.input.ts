import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

router.get('/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const { id } = req.params;
  if (!/^\d+$/.test(id)) {
    res.status(400).json({ error: 'bad id' });
    return;
  }
  res.json(await agent.getCampaign(id));
});

router.get('/', async (req, res) => {
  const agent = new FacebookAdsAgent(); // one for each request
  const limit = Number(req.query.limit ?? 10);
  res.json(await agent.getCampaigns('ACTIVE', limit));
});

router.get('/live', async (req, res) => {
  const agent = new FacebookAdsAgent();
  if (req.query.live) {
    const campaigns = await agent.getCampaigns();
    res.json(campaigns);
  } else {
    res.json([]);
  }
});

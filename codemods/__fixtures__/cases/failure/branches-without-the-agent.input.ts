import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

router.get('/:kind', async (req, res) => {
  const agent = new FacebookAdsAgent();
  switch (req.params.kind) {
    case 'version':
      res.json({ version: 1 });
      break;
    default:
      res.json(await agent.getCampaign(req.params.kind));
  }
});

router.get('/known/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(req.params.id === '1' ? null : await agent.getCampaign(req.params.id));
});

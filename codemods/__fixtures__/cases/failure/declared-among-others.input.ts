import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

router.get('/check/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(),
    id = req.params.id;
  if (id === '0') {
    res.status(400).end();
    return;
  }
  res.json(await agent.getCampaign(id));
});

router.get('/tried/:id', async (req, res) => {
  const { id } = req.params, agent = new FacebookAdsAgent();
  try {
    res.json(await agent.getCampaign(id));
  } catch {
    res.status(502).end();
  }
});

router.get('/chained', function (_req, res, next) {
  var agent = new FacebookAdsAgent(), status = 'ACTIVE';
  agent.getCampaigns(status).then((found) => res.json(found), next);
});

router.get('/both', async (_req, res) => {
  let first = new FacebookAdsAgent(), second = new FacebookAdsAgent();
  try {
    res.json([await first.getCampaigns(), await second.getCampaigns()]);
  } catch {
    res.json([]);
  }
});

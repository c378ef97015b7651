import { Router } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

router.get('/check/:id', async (req, res) => {
  const id = req.params.id;
  if (id === '0') {
    res.status(400).end();
    return;
  }
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaign(id));
});

router.get('/tried/:id', async (req, res) => {
  const { id } = req.params;
  try {
    const agent = await getFacebookAgent();
    res.json(await agent.getCampaign(id));
  } catch {
    res.status(502).end();
  }
});

router.get('/chained', function (_req, res, next) {
  var status = 'ACTIVE';
  getFacebookAgent()
    .then((agent) => agent.getCampaigns(status))
    .then((found) => res.json(found), next);
});

router.get('/both', async (_req, res) => {
  try {
    let first = await getFacebookAgent();
    let second = await getFacebookAgent();
    res.json([await first.getCampaigns(), await second.getCampaigns()]);
  } catch {
    res.json([]);
  }
});

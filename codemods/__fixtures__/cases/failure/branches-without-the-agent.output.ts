import { Router } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

router.get('/:kind', async (req, res) => {
  switch (req.params.kind) {
    case 'version':
      res.json({ version: 1 });
      break;
    default:
      res.json(await (await getFacebookAgent()).getCampaign(req.params.kind));
  }
});

router.get('/known/:id', async (req, res) => {
  res.json(req.params.id === '1' ? null : await (await getFacebookAgent()).getCampaign(req.params.id));
});

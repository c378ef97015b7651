import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

class Unavailable extends Error {}

function getAgent(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent();
  } catch (error) {
    console.error('no agent', error);
    throw new Unavailable('Facebook API unavailable');
  }
}

router.get('/', async (_req, res) => {
  const agent = getAgent();
  res.json(await agent.getCampaigns());
});

router.get('/:id', async (req, res) => {
  if (req.params.id) {
    const agent = getAgent();
    res.json(await agent.getCampaign(req.params.id));
  }
});

interface Named extends FacebookAdsAgent {
  label?: string;
}

router.get('/named', async (_req, res) => {
  const agent = getAgent() as Named;
  res.json([agent.label, await agent.getCampaigns()]);
});

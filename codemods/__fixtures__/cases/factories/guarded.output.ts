import { Router } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

class Unavailable extends Error {}

router.get('/', async (_req, res) => {
  let agent: FacebookAdsAgent;
  try {
    agent = await getFacebookAgent();
  } catch (error) {
    console.error('no agent', error);
    throw new Unavailable('Facebook API unavailable');
  }
  res.json(await agent.getCampaigns());
});

router.get('/:id', async (req, res) => {
  if (req.params.id) {
    let agent: FacebookAdsAgent;
    try {
      agent = await getFacebookAgent();
    } catch (error) {
      console.error('no agent', error);
      throw new Unavailable('Facebook API unavailable');
    }
    res.json(await agent.getCampaign(req.params.id));
  }
});

interface Named extends FacebookAdsAgent {
  label?: string;
}

router.get('/named', async (_req, res) => {
  let agent: Named;
  try {
    agent = (await getFacebookAgent()) as Named;
  } catch (error) {
    console.error('no agent', error);
    throw new Unavailable('Facebook API unavailable');
  }
  res.json([agent.label, await agent.getCampaigns()]);
});

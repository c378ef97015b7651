import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

const build = (_name?: string) => new FacebookAdsAgent();

router.get('/', async (_req, res) => {
  const agent = new FacebookAdsAgent(/* with the settings of the process */);
  res.json(await agent.getCampaigns());
});

router.get('/report', async (_req, res) => {
  const agent = build(
    // shown in the log
    'report', // until May
  );
  res.json(await agent.getCampaigns());
});

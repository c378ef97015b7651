import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

router.get('/mapped', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  try {
    res.json(await agent.getCampaigns());
  } catch {
    res.status(502).json({ error: 'Facebook is down' });
  }
});

router.get('/fallback', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const campaigns = await agent.getCampaigns().catch(() => []);
  res.json({ campaigns });
});

router.get('/settled', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  const results = await Promise.allSettled([agent.getCampaigns('ACTIVE'), agent.getCampaigns('PAUSED')]);
  res.json(results.map(({ status }) => status));
});

router.get('/twice', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  let active = 0;
  try {
    active = (await agent.getCampaigns('ACTIVE')).length;
  } catch {
    active = -1;
  }
  try {
    res.json({ active, paused: (await agent.getCampaigns('PAUSED')).length });
  } catch {
    res.json({ active });
  }
});

router.get('/immediately', async (_req, res) => {
  res.json(await new FacebookAdsAgent().getCampaigns().catch(() => []));
});

router.get('/asserted', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  try {
    res.json(await (agent as FacebookAdsAgent).getCampaigns());
  } catch {
    res.json([]);
  }
});

router.get('/optional', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  try {
    res.json(await agent?.getCampaigns());
  } catch {
    res.json([]);
  }
});

import { Router } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

router.get('/mapped', async (_req, res) => {
  try {
    const agent = await getFacebookAgent();
    res.json(await agent.getCampaigns());
  } catch {
    res.status(502).json({ error: 'Facebook is down' });
  }
});

router.get('/fallback', async (_req, res) => {
  const campaigns = await getFacebookAgent()
    .then((agent) => agent.getCampaigns())
    .catch(() => []);
  res.json({ campaigns });
});

router.get('/settled', async (_req, res) => {
  const results = await Promise.allSettled([getFacebookAgent().then((agent) => agent.getCampaigns('ACTIVE')), getFacebookAgent().then((agent) => agent.getCampaigns('PAUSED'))]);
  res.json(results.map(({ status }) => status));
});

router.get('/twice', async (_req, res) => {
  let active = 0;
  try {
    const agent = await getFacebookAgent();
    active = (await agent.getCampaigns('ACTIVE')).length;
  } catch {
    active = -1;
  }
  try {
    const agent = await getFacebookAgent();
    res.json({ active, paused: (await agent.getCampaigns('PAUSED')).length });
  } catch {
    res.json({ active });
  }
});

router.get('/immediately', async (_req, res) => {
  res.json(await getFacebookAgent().then((agent) => agent.getCampaigns()).catch(() => []));
});

router.get('/asserted', async (_req, res) => {
  try {
    const agent = await getFacebookAgent();
    res.json(await (agent as FacebookAdsAgent).getCampaigns());
  } catch {
    res.json([]);
  }
});

router.get('/optional', async (_req, res) => {
  try {
    const agent = await getFacebookAgent();
    res.json(await agent?.getCampaigns());
  } catch {
    res.json([]);
  }
});

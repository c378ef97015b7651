import { Router } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

class Unavailable extends Error {}

async function getAgentOrNull(): Promise<FacebookAdsAgent | null> {
  let client: FacebookAdsAgent | null = null;
  try {
    client = await getFacebookAgent();
  } catch (error) {
    console.error('no agent', error);
  }
  return client;
}

export async function makeAgent(): Promise<FacebookAdsAgent> {
  let agent: FacebookAdsAgent;
  try {
    agent = await getFacebookAgent();
  } catch (error) {
    console.error('no agent', error);
    throw error;
  }
  return agent;
}

router.get('/', async (_req, res) => {
  let agent: FacebookAdsAgent;
  try {
    agent = await getFacebookAgent();
  } catch (error) {
    throw new Unavailable('Facebook API unavailable', { cause: error });
  }
  res.json(await agent.getCampaigns());
});

router.get('/or-none', async (_req, res) => {
  const agent = await getAgentOrNull();
  res.json(agent ? await agent.getCampaigns() : []);
});

router.get('/:id', async (req, res) => {
  res.json(await (await makeAgent()).getCampaign(req.params.id));
});

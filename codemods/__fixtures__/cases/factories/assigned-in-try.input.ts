import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

class Unavailable extends Error {}

const getAgent = (): FacebookAdsAgent => {
  let client: FacebookAdsAgent;
  try {
    client = new FacebookAdsAgent();
  } catch (error) {
    throw new Unavailable('Facebook API unavailable', { cause: error });
  }
  return client;
};

async function getAgentOrNull(): Promise<FacebookAdsAgent | null> {
  let client: FacebookAdsAgent | null = null;
  try {
    client = new FacebookAdsAgent();
  } catch (error) {
    console.error('no agent', error);
  }
  return client;
}

export function makeAgent(): FacebookAdsAgent {
  let agent: FacebookAdsAgent;
  try {
    agent = new FacebookAdsAgent();
  } catch (error) {
    console.error('no agent', error);
    throw error;
  }
  return agent;
}

router.get('/', async (_req, res) => {
  const agent = getAgent();
  res.json(await agent.getCampaigns());
});

router.get('/or-none', async (_req, res) => {
  const agent = await getAgentOrNull();
  res.json(agent ? await agent.getCampaigns() : []);
});

router.get('/:id', async (req, res) => {
  res.json(await makeAgent().getCampaign(req.params.id));
});

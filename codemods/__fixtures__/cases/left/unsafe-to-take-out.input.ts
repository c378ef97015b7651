import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();
let asked = 0;

function buildAgent(_ask: number): FacebookAdsAgent {
  return new FacebookAdsAgent();
}

function getAgent() {
  return new FacebookAdsAgent();
}

type Agent = ReturnType<typeof getAgent>;

export const total = async (agent: Agent): Promise<number> => (await agent.getCampaigns()).length;

router.get('/', async (_req, res) => {
  const agent = buildAgent(++asked);
  res.json(await agent.getCampaigns());
});

router.get('/:id', async (req, res) => {
  const agent = new FacebookAdsAgent(),
    load = (id: string) => agent.getCampaign(id);
  if (req.params.id === '') {
    res.status(400).end();
    return;
  }
  res.json(await load(req.params.id));
});

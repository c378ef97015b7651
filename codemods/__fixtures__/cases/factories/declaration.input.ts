import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

/**
 * Builds the agent.
 * @returns a new one
 */
function buildAgent(): FacebookAdsAgent {
  const agent = new FacebookAdsAgent();
  return agent;
}

router.get('/', async (_req, res) => {
  const agent = buildAgent();
  res.json(await agent.getCampaigns());
});

router.get('/:id', async (req, res) => {
  res.json(await buildAgent().getCampaign(req.params.id));
});

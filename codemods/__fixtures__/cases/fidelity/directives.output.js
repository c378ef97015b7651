import { Router } from 'express';
// The types of this one are wrong.
import { getFacebookAgent } from '../utils/agent-cache.js';
import { join } from 'node:path';

export const router = Router();

router.get('/built', async (_req, res) => {
  const agent = await getFacebookAgent();
  res.json([await agent.getCampaigns(), join('a', 'b')]);
});

router.get('/called', async (_req, res) => {
  // Silenced since the types came.
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaigns());
});

router.get('/more-on-the-line', async (_req, res) => {
  // @ts-expect-error the types know no argument
  const campaigns = await (await getFacebookAgent()).getCampaigns(1);
  // eslint-disable-next-line no-console
  console.log(await (await getFacebookAgent()).getCampaigns());
  // prettier-ignore
  const agent = await getFacebookAgent();
  res.json([campaigns, await agent.getCampaigns()]);
});

router.get('/dissolved', (_req, res, next) => {
  // The agent of this route.
  /** How many are shown. */
  const limit = 3;
  getFacebookAgent()
    .then((agent) => agent.getCampaigns())
    .then((campaigns) => res.json(campaigns.slice(limit)))
    .catch(next);
});

router.get('/elsewhere', async (_req, res) => {
  // @ts-expect-error not about the agent
  const count = 'three' - 1;
  const agent = await getFacebookAgent();
  res.json([await agent.getCampaigns(), count]);
});

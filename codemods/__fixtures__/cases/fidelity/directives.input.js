import { Router } from 'express';
// The types of this one are wrong.
// eslint-disable-next-line import/no-cycle
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js'; // eslint-disable-line import/order
import { join } from 'node:path';

export const router = Router();
const makeAgent = () => new FacebookAdsAgent();

router.get('/built', async (_req, res) => {
  // @ts-expect-error the constructor is private
  const agent = new FacebookAdsAgent();
  res.json([await agent.getCampaigns(), join('a', 'b')]);
});

router.get('/called', async (_req, res) => {
  // Silenced since the types came.
  /* @ts-ignore */
  const agent = makeAgent();
  res.json(await agent.getCampaigns());
});

router.get('/more-on-the-line', async (_req, res) => {
  // @ts-expect-error the types know no argument
  const campaigns = await makeAgent().getCampaigns(1);
  // eslint-disable-next-line no-console
  console.log(await new FacebookAdsAgent().getCampaigns());
  // prettier-ignore
  const agent = makeAgent();
  res.json([campaigns, await agent.getCampaigns()]);
});

router.get('/dissolved', (_req, res, next) => {
  // The agent of this route.
  /** @deprecated */
  // biome-ignore lint/style/useConst: kept as it was
  const agent = new FacebookAdsAgent(); // eslint-disable-line no-unused-vars
  /** How many are shown. */
  const limit = 3;
  agent
    .getCampaigns()
    .then((campaigns) => res.json(campaigns.slice(limit)))
    .catch(next);
});

router.get('/elsewhere', async (_req, res) => {
  // @ts-expect-error not about the agent
  const count = 'three' - 1;
  const agent = new FacebookAdsAgent();
  res.json([await agent.getCampaigns(), count]);
});

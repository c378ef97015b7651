import promiseRouter from 'express-promise-router';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = promiseRouter();

router.get('/', (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.send(agent.shortName());
});

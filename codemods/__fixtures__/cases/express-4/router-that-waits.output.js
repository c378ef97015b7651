import promiseRouter from 'express-promise-router';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = promiseRouter();

router.get('/', async (_req, res) => {
  const agent = await getFacebookAgent();
  res.send(agent.shortName());
});

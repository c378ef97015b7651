import { type RequestHandler, Router } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

const asyncHandler =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) => {
    Promise.resolve(handler(req, res, next)).catch(next);
  };

router.get('/', async (_req, res, next) => {
  try {
    const agent = await getFacebookAgent();
    res.json(await agent.getCampaigns());
  } catch (error) {
    next(error);
  }
});

router.get('/chained', (_req, res, next) => {
  getFacebookAgent()
    .then((agent) => agent.getCampaigns())
    .then((campaigns) => res.json(campaigns))
    .catch(next);
});

router.get(
  '/wrapped',
  asyncHandler(async (_req, res) => {
    const agent = await getFacebookAgent();
    res.json(await agent.getCampaigns());
  }),
);

const summary: RequestHandler = async (_req, res) => {
  const agent = await getFacebookAgent();
  res.json((await agent.getCampaigns()).length);
};

router.get('/named', asyncHandler(summary));

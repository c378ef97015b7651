import { Router, type RequestHandler } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

const attach: RequestHandler = async (_req, res, next) => {
  try {
    // One for each request.
    res.locals['agent'] = await getFacebookAgent();

    next();
  } catch (error) {
    next(error);
  }
};

router.get('/', attach, async (_req, res, next) => {
  try {
    res.json(await res.locals['agent'].getCampaigns());
  } catch (error) {
    next(error);
  }
});

import { Router, type RequestHandler } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

const attach: RequestHandler = (_req, res, next) => {
  // One for each request.
  res.locals['agent'] = new FacebookAdsAgent();

  next();
};

router.get('/', attach, async (_req, res, next) => {
  try {
    res.json(await res.locals['agent'].getCampaigns());
  } catch (error) {
    next(error);
  }
});

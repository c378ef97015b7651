import { type Request, type Response, Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

const text = {
  describe(_req: Request, res: Response): void {
    res.setHeader('x-text', 'plain');
  },
};

const pages = {
  describe(req: Request, res: Response): void {
    const agent = new FacebookAdsAgent();
    text.describe(req, res);
    res.json(agent.accountId);
  },
};

export const router = Router();
router.get('/pages', pages.describe);

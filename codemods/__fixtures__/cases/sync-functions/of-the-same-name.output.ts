import { type Request, type Response, Router } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';

const text = {
  describe(_req: Request, res: Response): void {
    res.setHeader('x-text', 'plain');
  },
};

const pages = {
  async describe(req: Request, res: Response): Promise<void> {
    text.describe(req, res);
    const agent = await getFacebookAgent();
    res.json(agent.accountId);
  },
};

export const router = Router();
router.get('/pages', pages.describe);

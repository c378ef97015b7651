import type { Request, Response } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const list = async (_req: Request, res: Response) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
};

export class ReportController {
  async show(_req: Request, res: Response) {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  }
}

import type { Request, RequestHandler, Response } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function listCampaigns(_req: Request, res: Response): Promise<void> {
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaigns());
}

export const showCampaign: RequestHandler<{ id: string }> = async (req, res) => {
  const agent: FacebookAdsAgent = await getFacebookAgent();
  res.json(await agent.getCampaign(req.params.id));
};

export class CampaignController {
  async list(_req: Request, res: Response): Promise<void> {
    const agent = await getFacebookAgent();
    res.json(await agent.getCampaigns());
  }

  show = async (req: Request<{ id: string }>, res: Response): Promise<void> => {
    const agent = await getFacebookAgent();
    res.json(await agent.getCampaign(req.params.id));
  };
}

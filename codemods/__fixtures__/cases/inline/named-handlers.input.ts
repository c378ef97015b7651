import type { Request, RequestHandler, Response } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export async function listCampaigns(_req: Request, res: Response): Promise<void> {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
}

export const showCampaign: RequestHandler<{ id: string }> = async (req, res) => {
  const agent: FacebookAdsAgent = new FacebookAdsAgent();
  res.json(await agent.getCampaign(req.params.id));
};

export class CampaignController {
  async list(_req: Request, res: Response): Promise<void> {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaigns());
  }

  show = async (req: Request<{ id: string }>, res: Response): Promise<void> => {
    const agent = new FacebookAdsAgent();
    res.json(await agent.getCampaign(req.params.id));
  };
}

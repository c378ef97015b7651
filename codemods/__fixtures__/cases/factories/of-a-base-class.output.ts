import type { Request, Response } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export abstract class BaseController {
  protected async getAgent(): Promise<FacebookAdsAgent> {
    return await getFacebookAgent();
  }
}

export class CampaignController extends BaseController {
  list = async (_req: Request, res: Response): Promise<void> => {
    const campaigns = await this.getAgent()
      .then((agent) => agent.getCampaigns())
      .catch(() => []);
    res.json(campaigns);
  };
}

export class Lazy {
  private get agent(): Promise<FacebookAdsAgent> {
    return this.make();
  }

  private async make(): Promise<FacebookAdsAgent> {
    return await getFacebookAgent();
  }

  async list() {
    const agent = await this.agent;
    return await agent.getCampaigns();
  }
}

import type { Request, Response } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export abstract class BaseController {
  protected getAgent(): FacebookAdsAgent {
    return new FacebookAdsAgent();
  }
}

export class CampaignController extends BaseController {
  list = async (_req: Request, res: Response): Promise<void> => {
    const agent = this.getAgent();
    const campaigns = await agent.getCampaigns().catch(() => []);
    res.json(campaigns);
  };
}

export class Lazy {
  private get agent(): Promise<FacebookAdsAgent> {
    return this.make();
  }

  private async make(): Promise<FacebookAdsAgent> {
    return new FacebookAdsAgent();
  }

  async list() {
    const agent = await this.agent;
    return await agent.getCampaigns();
  }
}

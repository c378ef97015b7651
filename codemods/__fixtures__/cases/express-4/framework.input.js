import { Get } from 'routing-controllers';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export class CampaignController {
  @Get('/campaigns')
  async list(req, res) {
    const agent = new FacebookAdsAgent();
    return res.json(await agent.getCampaigns());
  }
}

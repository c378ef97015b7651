import { Get } from 'routing-controllers';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export class CampaignController {
  @Get('/campaigns')
  async list(req, res) {
    const agent = await getFacebookAgent();
    return res.json(await agent.getCampaigns());
  }
}

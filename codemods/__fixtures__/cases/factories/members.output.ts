import type { Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export class CampaignService {
  async list(): Promise<Campaign[]> {
    const agent = await getFacebookAgent();
    return agent.getCampaigns();
  }

  async count(): Promise<number> {
    return (await (await getFacebookAgent()).getCampaigns()).length;
  }
}

const helpers = {
  label: 'campaigns',
};

export abstract class Base {
  protected async baseAgent(): Promise<FacebookAdsAgent> {
    return await getFacebookAgent();
  }
}

export class Extended extends Base {
  async list(): Promise<Campaign[]> {
    const agent = await this.baseAgent();
    return agent.getCampaigns();
  }
}

export async function use(): Promise<[string, Campaign[], Campaign[]]> {
  const agent = await getFacebookAgent();
  const another = await getFacebookAgent();
  return [helpers.label, await agent.getCampaigns(), await another.getCampaigns()];
}

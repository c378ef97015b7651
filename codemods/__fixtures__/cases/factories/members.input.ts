import { type Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export class CampaignService {
  #agent = () => new FacebookAdsAgent();

  async list(): Promise<Campaign[]> {
    const agent = this.campaignAgent();
    return agent.getCampaigns();
  }

  async count(): Promise<number> {
    return (await this.#agent().getCampaigns()).length;
  }

  // Goes with the method.
  private campaignAgent(): FacebookAdsAgent {
    return new FacebookAdsAgent();
  }
}

const agents = {
  create() {
    return new FacebookAdsAgent();
  },
};

const helpers = {
  label: 'campaigns',
  // Goes with the property.
  make: () => new FacebookAdsAgent(),
};

export abstract class Base {
  protected baseAgent(): FacebookAdsAgent {
    return new FacebookAdsAgent();
  }
}

export class Extended extends Base {
  async list(): Promise<Campaign[]> {
    const agent = this.baseAgent();
    return agent.getCampaigns();
  }
}

export async function use(): Promise<[string, Campaign[], Campaign[]]> {
  const agent = agents.create();
  const another = helpers.make();
  return [helpers.label, await agent.getCampaigns(), await another.getCampaigns()];
}

import { type Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

const getAgent = () => new FacebookAdsAgent();

export async function collect(): Promise<number> {
  const agent = new FacebookAdsAgent();
  return (await agent.getCampaigns()).length;
}

export async function process(provider: string): Promise<number> {
  const agent = getAgent();
  return (await agent.getCampaigns(provider)).length;
}

export async function atOnce(): Promise<Campaign[]> {
  return new FacebookAdsAgent().getCampaigns();
}

export async function twoAgents(): Promise<number> {
  const first = new FacebookAdsAgent();
  const second = new FacebookAdsAgent();
  return (await first.getCampaigns()).length + (await second.getCampaigns()).length;
}

export function chained(): Promise<Campaign[]> {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}

export async function handled(): Promise<Campaign[]> {
  const agent = new FacebookAdsAgent();
  try {
    return await agent.getCampaigns();
  } catch {
    return [];
  }
}

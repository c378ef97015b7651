import { type Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

const fromArrow = () => new FacebookAdsAgent();
// Builds one too.
const fromExpression = function (): FacebookAdsAgent {
  return new FacebookAdsAgent();
};

async function fromAsync(): Promise<FacebookAdsAgent> {
  return new FacebookAdsAgent();
}

const throughAnother = () => fromArrow();

export async function use(): Promise<Campaign[][]> {
  const a = fromArrow();
  const b = fromExpression();
  const c = await fromAsync();
  const d = throughAnother();
  return Promise.all([a.getCampaigns(), b.getCampaigns(), c.getCampaigns(), d.getCampaigns()]);
}

export async function promised(): Promise<Campaign[]> {
  return fromAsync().then((agent) => agent.getCampaigns());
}

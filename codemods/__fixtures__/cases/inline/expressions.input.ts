import { type Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

async function total(agent: FacebookAdsAgent): Promise<number> {
  const campaigns = await agent.getCampaigns();
  return campaigns.reduce((sum, { spend }) => sum + spend, 0);
}

export async function immediately(): Promise<Campaign[]> {
  return new FacebookAdsAgent().getCampaigns('ACTIVE');
}

export const inAnArrow = async () => new FacebookAdsAgent().getCampaigns();

export async function awaited(): Promise<number> {
  const campaigns = await new FacebookAdsAgent().getCampaigns();
  return campaigns.length;
}

export async function inParentheses(): Promise<number> {
  return (await (new FacebookAdsAgent()).getCampaigns()).length;
}

export async function asAnArgument(): Promise<number> {
  return total(new FacebookAdsAgent());
}

export async function unlessGiven(given?: FacebookAdsAgent): Promise<number> {
  return total(given ?? new FacebookAdsAgent());
}

export async function withAssertions(): Promise<Campaign[]> {
  const agent = new FacebookAdsAgent() as FacebookAdsAgent;
  return (new FacebookAdsAgent() satisfies FacebookAdsAgent).getCampaigns((agent as { accountId: string }).accountId);
}

export async function withoutParentheses(): Promise<Campaign[]> {
  const agent = new FacebookAdsAgent;
  return agent.getCampaigns();
}

export async function assignedLater(live: boolean): Promise<Campaign[]> {
  let agent: FacebookAdsAgent | undefined;
  if (live) agent = new FacebookAdsAgent();
  return agent ? agent.getCampaigns() : [];
}

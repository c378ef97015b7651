import type { Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

async function total(agent: FacebookAdsAgent): Promise<number> {
  const campaigns = await agent.getCampaigns();
  return campaigns.reduce((sum, { spend }) => sum + spend, 0);
}

export async function immediately(): Promise<Campaign[]> {
  return (await getFacebookAgent()).getCampaigns('ACTIVE');
}

export const inAnArrow = async () => (await getFacebookAgent()).getCampaigns();

export async function awaited(): Promise<number> {
  const campaigns = await (await getFacebookAgent()).getCampaigns();
  return campaigns.length;
}

export async function inParentheses(): Promise<number> {
  return (await (await getFacebookAgent()).getCampaigns()).length;
}

export async function asAnArgument(): Promise<number> {
  return total(await getFacebookAgent());
}

export async function unlessGiven(given?: FacebookAdsAgent): Promise<number> {
  return total(given ?? (await getFacebookAgent()));
}

export async function withAssertions(): Promise<Campaign[]> {
  const agent = (await getFacebookAgent()) as FacebookAdsAgent;
  return ((await getFacebookAgent()) satisfies FacebookAdsAgent).getCampaigns((agent as { accountId: string }).accountId);
}

export async function withoutParentheses(): Promise<Campaign[]> {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

export async function assignedLater(live: boolean): Promise<Campaign[]> {
  let agent: FacebookAdsAgent | undefined;
  if (live) agent = await getFacebookAgent();
  return agent ? agent.getCampaigns() : [];
}

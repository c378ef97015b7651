import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export function getFacebookAgent(name: string): string {
  return `agent of ${name}`;
}

export async function run() {
  const agent = new FacebookAdsAgent();
  return [getFacebookAgent('a'), await agent.getCampaigns()];
}

import { FacebookAdsAgent, type FacebookAdsAgent as Agent } from '../agents/facebook-ads-agent.js';

export async function makeAgent(): Promise<Agent> {
  return new FacebookAdsAgent();
}

import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export interface CachedAgentProvider {
  getAgent(): Promise<FacebookAdsAgent>;
  invalidateCache(): void;
}

const shared = new FacebookAdsAgent();

export async function getFacebookAgent(): Promise<FacebookAdsAgent> {
  await shared.getCampaigns();
  return shared;
}

export function getCachedAgentProvider(_options: { cacheTtl?: number } = {}): CachedAgentProvider {
  return { getAgent: getFacebookAgent, invalidateCache: () => undefined };
}

export function configureAgentCache(_options: { create: () => FacebookAdsAgent }): void {}

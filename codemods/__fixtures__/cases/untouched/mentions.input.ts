// new FacebookAdsAgent() is built by the cache.
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const NAME = 'FacebookAdsAgent';

export const text = `new FacebookAdsAgent() ${NAME}`;

export function isAgent(value: unknown): value is FacebookAdsAgent {
  return value !== null;
}

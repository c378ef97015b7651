import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const getOuter: () => Promise<FacebookAdsAgent> = async function getOuter(): Promise<FacebookAdsAgent> {
  try {
    return await getFacebookAgent();
  } catch {
    throw new Error(`There is no agent:
    ask the operators
  about its token`);
  }
};

export const getTold = (() => {
  // Jobs call it as well.
  return async () => await getFacebookAgent();
})();

export async function campaigns() {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

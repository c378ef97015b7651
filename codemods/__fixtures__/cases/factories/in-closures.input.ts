import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

const getInner = (() => {
  let inner: FacebookAdsAgent | undefined;
  return () => (inner ??= new FacebookAdsAgent());
})();

export const getOuter: () => FacebookAdsAgent = (function () {
  let outer: FacebookAdsAgent | null = null;

  return function getOuter(): FacebookAdsAgent {
    try {
      return (outer ??= new FacebookAdsAgent());
    } catch {
      throw new Error(`There is no agent:
    ask the operators
  about its token`);
    }
  };
})();

export const getTold = (() => {
  // One for all: limits are counted by token.
  let told: FacebookAdsAgent | undefined;
  // Jobs call it as well.
  return () => (told ??= new FacebookAdsAgent());
})();

export async function campaigns() {
  const agent = getInner();
  return agent.getCampaigns();
}

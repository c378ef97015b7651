import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

/**
 * Builds one.
 * @returns {FacebookAdsAgent}
 */
function make() {
  return new FacebookAdsAgent();
}

export async function report() {
  return await make().getCampaigns();
}

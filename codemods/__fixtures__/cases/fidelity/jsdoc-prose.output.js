import { getFacebookAgent } from '../utils/agent-cache.js';

/**
 * Gives what a FacebookAdsAgent knows; see {@link FacebookAdsAgent} and `new FacebookAdsAgent()`.
 * @param {import('../agents/facebook-ads-agent.js').FacebookAdsAgent} agent
 */
const nameOf = (agent) => agent.shortName();

export async function report() {
  const agent = await getFacebookAgent();
  return [nameOf(agent), await agent.getCampaigns()];
}

import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

/** @param {FacebookAdsAgent} agent whose name is shown */
const nameOf = (agent) => agent.shortName();

export async function report() {
  const agent = new FacebookAdsAgent();
  return [nameOf(agent), await agent.getCampaigns()];
}

/**
 * @param {string} id
 * @returns {string} what is shown
 */
function describe(id) {
  return new FacebookAdsAgent().shortName() + id;
}

/** @type {(id: string) => string} */
const short = (id) => new FacebookAdsAgent().shortName().slice(0, Number(id));

export async function both(id) {
  return [await describe(id), await short(id)];
}

import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
import { getFacebookAgent } from '../utils/agent-cache.js';

/** @param {FacebookAdsAgent} agent whose name is shown */
const nameOf = (agent) => agent.shortName();

export async function report() {
  const agent = await getFacebookAgent();
  return [nameOf(agent), await agent.getCampaigns()];
}

/**
 * @param {string} id
 * @returns {Promise<string>} what is shown
 */
async function describe(id) {
  return (await getFacebookAgent()).shortName() + id;
}

/** @type {(id: string) => Promise<string>} */
const short = async (id) => (await getFacebookAgent()).shortName().slice(0, Number(id));

export async function both(id) {
  return [await describe(id), await short(id)];
}

import { getFacebookAgent } from '../utils/agent-cache.js';

export async function report() {
  return await (await getFacebookAgent()).getCampaigns();
}

import agents = require('../agents/facebook-ads-agent');

export async function run() {
  const agent = new agents.FacebookAdsAgent();
  return agent.getCampaigns();
}

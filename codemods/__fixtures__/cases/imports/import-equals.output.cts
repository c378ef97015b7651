import agentCache = require('../utils/agent-cache');

export async function run() {
  const agent = await agentCache.getFacebookAgent();
  return agent.getCampaigns();
}

const {
  // what it may spend
  LIMIT, // a day
  // builds one a request
} = require('../agents/facebook-ads-agent');
const { getFacebookAgent } = require('../utils/agent-cache');

exports.list = async () => {
  const agent = await getFacebookAgent();
  return agent.getCampaigns(LIMIT);
};

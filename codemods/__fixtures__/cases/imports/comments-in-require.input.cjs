const {
  // what it may spend
  LIMIT, // a day
  // builds one a request
  FacebookAdsAgent, // not cheap
} = require('../agents/facebook-ads-agent');

exports.list = async () => {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns(LIMIT);
};

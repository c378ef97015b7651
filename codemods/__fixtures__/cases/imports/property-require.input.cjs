const FacebookAdsAgent = require("../agents/facebook-ads-agent").FacebookAdsAgent;

exports.list = async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
};

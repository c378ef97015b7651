exports.list = async (req, res) => {
  const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
};

exports.show = async (req, res) => {
  const agent = new (require('../agents/facebook-ads-agent').FacebookAdsAgent)();
  res.json(await agent.getCampaign(req.params.id));
};

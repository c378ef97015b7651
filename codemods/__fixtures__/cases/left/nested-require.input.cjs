let Agent;
Agent = require('../agents/facebook-ads-agent').FacebookAdsAgent;
const { agents: { FacebookAdsAgent } } = { agents: require('../agents/facebook-ads-agent') };

exports.all = () => [new Agent().getCampaigns(), new FacebookAdsAgent().getCampaigns()];

exports.list = async (req, res) => {
  const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
};

exports.show = async (req, res) => {
  const agent = new (require('../agents/facebook-ads-agent').FacebookAdsAgent)();
  res.json(await agent.getCampaign(req.params.id));
};

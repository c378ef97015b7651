let Agent;
Agent = require('../agents/facebook-ads-agent').FacebookAdsAgent;
const { agents: { FacebookAdsAgent } } = { agents: require('../agents/facebook-ads-agent') };

exports.all = () => [new Agent().getCampaigns(), new FacebookAdsAgent().getCampaigns()];

exports.list = async (req, res) => {
  const { getFacebookAgent } = require('../utils/agent-cache');
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaigns());
};

exports.show = async (req, res) => {
  const agent = await require('../utils/agent-cache').getFacebookAgent();
  res.json(await agent.getCampaign(req.params.id));
};

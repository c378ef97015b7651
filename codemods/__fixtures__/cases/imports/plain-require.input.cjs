const agents = require('../agents/facebook-ads-agent')

exports.list = async (req, res) => {
  const agent = new agents.FacebookAdsAgent()
  res.json(await agent.getCampaigns())
}

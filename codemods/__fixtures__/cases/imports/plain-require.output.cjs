const { getFacebookAgent } = require('../utils/agent-cache')

exports.list = async (req, res) => {
  const agent = await getFacebookAgent()
  res.json(await agent.getCampaigns())
}

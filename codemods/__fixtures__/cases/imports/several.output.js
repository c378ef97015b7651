const { other, third } = require('../agents/facebook-ads-agent.js'), path = require('node:path')
const { getFacebookAgent } = require('../utils/agent-cache.js')

async function run() {
  return (await getFacebookAgent()).getCampaigns(other, third, path.sep)
}

module.exports = { run }

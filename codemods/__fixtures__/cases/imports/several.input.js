const { other, FacebookAdsAgent, third } = require('../agents/facebook-ads-agent.js'), path = require('node:path')

async function run() {
  return new FacebookAdsAgent().getCampaigns(other, third, path.sep)
}

module.exports = { run }

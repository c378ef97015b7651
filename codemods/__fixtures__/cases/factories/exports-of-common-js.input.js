const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

function build() {
  return new FacebookAdsAgent();
}

exports.build = build;

exports.make = () => new FacebookAdsAgent();

exports.service = {
  agent() {
    return new FacebookAdsAgent();
  },
  async list() {
    const agent = this.agent();
    return agent.getCampaigns();
  },
};

exports.list = async () => {
  const agent = exports.make();
  return agent.getCampaigns();
};

exports.account = async () => {
  const agent = module.exports.build();
  return agent.whoAmI();
};

const { getFacebookAgent } = require('../utils/agent-cache');

exports.build = getFacebookAgent;

exports.make = getFacebookAgent;

exports.service = {
  async agent() {
    return await getFacebookAgent();
  },
  async list() {
    const agent = await this.agent();
    return agent.getCampaigns();
  },
};

exports.list = async () => {
  const agent = await exports.make();
  return agent.getCampaigns();
};

exports.account = async () => {
  const agent = await module.exports.build();
  return agent.whoAmI();
};

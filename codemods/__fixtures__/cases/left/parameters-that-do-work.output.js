import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

let made = 0;

function countedAgent(_count = ++made) {
  return new FacebookAdsAgent();
}

const checkedAgent = async ({ account: { id } }) => new FacebookAdsAgent();

const pickyAgent = ({ timeout = 5 } = {}) => new FacebookAdsAgent();

export async function counted() {
  const agent = countedAgent();
  return [made, await agent.getCampaigns()];
}

export async function checked(request) {
  const agent = await checkedAgent(request);
  return agent.getCampaigns();
}

export async function picky(options) {
  const agent = pickyAgent(options);
  return agent.getCampaigns();
}

export async function fine() {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

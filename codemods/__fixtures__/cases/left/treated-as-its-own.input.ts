import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export async function withArguments(accountId: string) {
  const agent = new FacebookAdsAgent({ accountId });
  return agent.getCampaigns();
}

export async function assigned(accountId: string) {
  const agent = new FacebookAdsAgent();
  agent.accountId = accountId;
  return agent.getCampaigns();
}

export async function set(accountId: string) {
  const agent = new FacebookAdsAgent();
  agent.setAccount(accountId);
  return agent.getCampaigns();
}

export async function closed() {
  const agent = new FacebookAdsAgent();
  try {
    return await agent.getCampaigns();
  } finally {
    await agent.close();
  }
}

function useAccount(agent: FacebookAdsAgent, accountId: string) {
  agent.accountId = accountId;
}

export async function assignedElsewhere(accountId: string) {
  const agent = new FacebookAdsAgent();
  useAccount(agent, accountId);
  return agent.getCampaigns();
}

const pool: FacebookAdsAgent[] = [];

export async function pooled() {
  const agent = new FacebookAdsAgent();
  pool.push(agent);
  return agent.getCampaigns();
}

const ACCOUNT = { accountId: 'act_2' };

export async function withConstants() {
  const agent = new FacebookAdsAgent(ACCOUNT);
  return agent.getCampaigns();
}

import { getFacebookAgent } from '../utils/index.ts';

export async function done() {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

export async function open(): Promise<unknown> {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

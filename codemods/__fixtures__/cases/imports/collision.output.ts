import { getFacebookAgent as getCachedFacebookAgent } from '../utils/agent-cache.ts';

export function getFacebookAgent(name: string): string {
  return `agent of ${name}`;
}

export async function run() {
  const agent = await getCachedFacebookAgent();
  return [getFacebookAgent('a'), await agent.getCampaigns()];
}

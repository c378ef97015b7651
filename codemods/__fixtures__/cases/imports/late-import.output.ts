export async function run() {
  const { getFacebookAgent } = await import('../utils/agent-cache.ts');
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

export async function run() {
  const { FacebookAdsAgent } = await import('../agents/facebook-ads-agent.ts');
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}

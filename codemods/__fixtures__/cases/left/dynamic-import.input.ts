export async function run(register: (client: unknown) => void) {
  const { FacebookAdsAgent } = await import('../agents/facebook-ads-agent.ts');
  register(FacebookAdsAgent);
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}

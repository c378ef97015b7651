import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export async function Campaigns() {
  const agent = new FacebookAdsAgent();
  const campaigns = await agent.getCampaigns();
  return <ul>{campaigns.map(({ id }) => <li key={id}>{id}</li>)}</ul>;
}

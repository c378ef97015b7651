import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function Campaigns() {
  const agent = await getFacebookAgent();
  const campaigns = await agent.getCampaigns();
  return <ul>{campaigns.map(({ id }) => <li key={id}>{id}</li>)}</ul>;
}

import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export async function* pages() {
  const agent = new FacebookAdsAgent();
  for (const { id } of await agent.getCampaigns()) yield await agent.getCampaign(id);
}

export async function* behindAHead() {
  yield 'id';
  const agent = new FacebookAdsAgent();
  try {
    for (const { id } of await agent.getCampaigns()) yield id;
  } catch {
    yield 'none';
  }
}

import type {
  Campaign, // what it gives
  // by the name that the rest of the service has for it
  Campaign as Advert,
} from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';
import type {
  Campaign as CampaignType // kept
  // the client
} from '../agents/index.ts';
import type { /* one */ /* many */ Campaign as Many } from '../agents/index.ts';

export async function list(): Promise<(Campaign | Advert | CampaignType | Many)[]> {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

export async function others() {
  return [await (await getFacebookAgent()).getCampaigns(), await (await getFacebookAgent()).getCampaigns()];
}

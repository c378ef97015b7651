import {
  FacebookAdsAgent, // builds one a request
  type Campaign, // what it gives
  // by the name that the rest of the service has for it
  type Campaign as Advert,
} from '../agents/facebook-ads-agent.ts';
import {
  type Campaign as CampaignType, // kept
  // the client
  FacebookAdsAgent as Client
} from '../agents/index.ts';
import { /* one */ FacebookAdsAgent as One, /* many */ type Campaign as Many } from '../agents/index.ts';

export async function list(): Promise<(Campaign | Advert | CampaignType | Many)[]> {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}

export async function others() {
  return [await new Client().getCampaigns(), await new One().getCampaigns()];
}

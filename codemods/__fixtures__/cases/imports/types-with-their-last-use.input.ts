import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';
import * as facebook from '../agents/facebook-ads-agent.js';
import type { FacebookAdsAgent as Kept } from '../agents/facebook-ads-agent.js';
import type { FacebookAdsAgent as Handed } from '../agents/facebook-ads-agent.js';
import type { FacebookAdsAgent as Unused } from '../agents/facebook-ads-agent.js';

export interface Shared extends Kept {
  shared: true;
}

export type { Handed };

const makeAgent = (): FacebookAdsAgent => new facebook.FacebookAdsAgent();
const makeKept = (): Kept => new facebook.FacebookAdsAgent();
const makeHanded = (): Handed => new facebook.FacebookAdsAgent();

export async function run(): Promise<number> {
  const campaigns = await makeAgent().getCampaigns();
  const kept = await makeKept().getCampaigns();
  const handed = await makeHanded().getCampaigns();
  return campaigns.length + kept.length + handed.length;
}

import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

const inCallback = () => ({ agent: new FacebookAdsAgent() });

export async function firsts(ids: string[]) {
  return ids.map(() => inCallback());
}

const givenOn = () => ({ agent: new FacebookAdsAgent() });

export const shared = { build: () => givenOn() };

async function notAwaited() {
  return { agent: new FacebookAdsAgent() };
}

export async function started() {
  const starting = notAwaited();
  console.log('starting');
  return (await starting).agent.getCampaigns();
}

async function makeAgent() {
  return new FacebookAdsAgent();
}

export const registry = [makeAgent];

function makeOne() {
  return new FacebookAdsAgent();
}

async function give(make: () => FacebookAdsAgent | Promise<FacebookAdsAgent>) {
  const agent = await make();
  return agent;
}

export const given = async () => give(makeOne);

import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

function counted(): FacebookAdsAgent {
  console.log('one more');
  return new FacebookAdsAgent();
}

const build = () => new FacebookAdsAgent();

function register(_create: () => FacebookAdsAgent): void {}

register(build);

export async function run() {
  const a = counted();
  const b = await getFacebookAgent();
  return [await a.getCampaigns(), await b.getCampaigns()];
}

const plain = () => new FacebookAdsAgent();

export function shortName(): string {
  return plain().shortName();
}

export async function agentOf(name: string) {
  console.log(name);
  return new FacebookAdsAgent();
}

export namespace Agents {
  export const create = () => new FacebookAdsAgent();
}

export function created(): FacebookAdsAgent {
  try {
    const agent = new FacebookAdsAgent();
    console.log('created');
    return agent;
  } catch (error) {
    console.error('not created', error);
    throw error;
  }
}

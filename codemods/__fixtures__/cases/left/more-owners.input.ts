import { EventEmitter } from 'node:events';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export class Registry {
  static create(): FacebookAdsAgent {
    return new FacebookAdsAgent();
  }
}

export const build = { agent: FacebookAdsAgent };

export function pool(create: () => FacebookAdsAgent = () => new FacebookAdsAgent()): FacebookAdsAgent {
  return create();
}

new EventEmitter().on('describe', () => {
  const agent = new FacebookAdsAgent();
  console.log(agent.describe());
});

export async function nested(): Promise<unknown> {
  const agent = new FacebookAdsAgent();
  Object.assign(agent, { accountId: 'act_2' });
  return agent.getCampaigns();
}

export async function deep(): Promise<unknown> {
  const agent = new FacebookAdsAgent();
  const other = agent;
  other.settings.version = 'v25.0';
  return other.getCampaigns();
}

export async function handledElsewhere(): Promise<unknown> {
  const agent = new FacebookAdsAgent();
  try {
    await agent.getCampaigns();
  } catch {
    console.log('down');
  }
  return agent.getCampaigns('ACTIVE');
}

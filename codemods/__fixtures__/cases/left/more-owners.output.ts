import { EventEmitter } from 'node:events';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export class Registry {
  static readonly makers = [Registry.create];

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
  console.log(agent.shortName());
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
  try {
    await (await getFacebookAgent()).getCampaigns();
  } catch {
    console.log('down');
  }
  return (await getFacebookAgent()).getCampaigns('ACTIVE');
}

export async function context(): Promise<{ agent: FacebookAdsAgent }> {
  return { agent: new FacebookAdsAgent() };
}

export async function destructured(id: string): Promise<unknown> {
  const agent = new FacebookAdsAgent();
  ({ id: agent.accountId } = { id });
  return agent.getCampaigns();
}

export async function part(version: string): Promise<unknown> {
  const agent = new FacebookAdsAgent();
  const { settings } = agent;
  settings.version = version;
  return agent.getCampaigns();
}

export async function listed(id: string): Promise<unknown> {
  const agents = [new FacebookAdsAgent(), new FacebookAdsAgent()];
  for (const agent of agents) agent.accountId = id;
  return Promise.all(agents.map((agent) => agent.getCampaigns()));
}

export async function bound(id: string): Promise<unknown> {
  const agent = new FacebookAdsAgent();
  const set = agent.setAccount.bind(agent);
  set(id);
  return agent.getCampaigns();
}

export function started(ids: string[]): void {
  ids.forEach((id) => {
    void new FacebookAdsAgent().getCampaign(id).then(console.log);
  });
}

import type { Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

interface Dependencies {
  agent: FacebookAdsAgent;
  now: () => number;
}

class CampaignService {
  private readonly agent: FacebookAdsAgent;

  constructor(agent: FacebookAdsAgent) {
    this.agent = agent;
  }

  list(): Promise<Campaign[]> {
    return this.agent.getCampaigns();
  }
}

const makeDependencies = async (): Promise<Dependencies> => ({ agent: await getFacebookAgent(), now: () => Date.now() });

const campaignService = async () => new CampaignService(await getFacebookAgent());

async function createContext(path: string) {
  return { path, agent: await getFacebookAgent() };
}

export async function report(): Promise<[number, Campaign[]]> {
  const { agent, now } = await makeDependencies();
  return [now(), await agent.getCampaigns()];
}

export async function list(): Promise<Campaign[]> {
  return (await campaignService()).list();
}

export async function show(path: string): Promise<[string, Campaign[]]> {
  const context = await createContext(path);
  return [context.path, await context.agent.getCampaigns()];
}

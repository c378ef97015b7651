import { type Campaign, FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

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

const makeDependencies = (): Dependencies => ({ agent: new FacebookAdsAgent(), now: () => Date.now() });

const campaignService = () => new CampaignService(new FacebookAdsAgent());

async function createContext(path: string) {
  return { path, agent: new FacebookAdsAgent() };
}

export async function report(): Promise<[number, Campaign[]]> {
  const { agent, now } = makeDependencies();
  return [now(), await agent.getCampaigns()];
}

export async function list(): Promise<Campaign[]> {
  return campaignService().list();
}

export async function show(path: string): Promise<[string, Campaign[]]> {
  const context = await createContext(path);
  return [context.path, await context.agent.getCampaigns()];
}

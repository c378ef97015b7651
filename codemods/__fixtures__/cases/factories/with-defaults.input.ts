import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

interface Options {
  retries?: number;
  timeout?: number;
}

const DEFAULTS: Options = { retries: 3 };

function createAgent(_options: Options = DEFAULTS) {
  return new FacebookAdsAgent();
}

const makeAgent = async ({ retries = 3, ...rest }: Options = {}, ..._more: unknown[]) =>
  new FacebookAdsAgent();

const guardedAgent = (purpose = 'reports') => {
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw new Error(`no agent for ${purpose}`, { cause });
  }
};

export async function list() {
  const agent = createAgent();
  return agent.getCampaigns();
}

export async function show(id: string, timeout: number) {
  const agent = createAgent({ timeout });
  return agent.getCampaign(id);
}

export async function insights(id: string, options: Options) {
  const agent = await makeAgent(options, id);
  return agent.getCampaign(id);
}

export async function report() {
  const agent = guardedAgent('a report');
  return agent.getCampaigns();
}

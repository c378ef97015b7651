import { getFacebookAgent } from '../utils/agent-cache.ts';

interface Options {
  retries?: number;
  timeout?: number;
}

const guardedAgent = async (purpose = 'reports') => {
  try {
    return await getFacebookAgent();
  } catch (cause) {
    throw new Error(`no agent for ${purpose}`, { cause });
  }
};

export async function list() {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

export async function show(id: string, timeout: number) {
  const agent = await getFacebookAgent();
  return agent.getCampaign(id);
}

export async function insights(id: string, options: Options) {
  const agent = await getFacebookAgent();
  return agent.getCampaign(id);
}

export async function report() {
  const agent = await guardedAgent('a report');
  return agent.getCampaigns();
}

import type { Campaign } from '../agents/facebook-ads-agent.ts';
import { getCachedAgentProvider } from '../utils/agent-cache.ts';

export async function collect(): Promise<number> {
  const provider = getCachedAgentProvider({ cacheTtl: 1800 });
  const agent = await provider.getAgent();
  return (await agent.getCampaigns()).length;
}

export async function process(provider: string): Promise<number> {
  const agentProvider = getCachedAgentProvider({ cacheTtl: 1800 });
  const agent = await agentProvider.getAgent();
  return (await agent.getCampaigns(provider)).length;
}

export async function atOnce(): Promise<Campaign[]> {
  return (await getCachedAgentProvider({ cacheTtl: 1800 }).getAgent()).getCampaigns();
}

export async function twoAgents(): Promise<number> {
  const provider = getCachedAgentProvider({ cacheTtl: 1800 });
  const first = await provider.getAgent();
  const second = await provider.getAgent();
  return (await first.getCampaigns()).length + (await second.getCampaigns()).length;
}

export function chained(): Promise<Campaign[]> {
  const provider = getCachedAgentProvider({ cacheTtl: 1800 });
  return provider.getAgent().then((agent) => agent.getCampaigns());
}

export async function handled(): Promise<Campaign[]> {
  try {
    const provider = getCachedAgentProvider({ cacheTtl: 1800 });
    const agent = await provider.getAgent();
    return await agent.getCampaigns();
  } catch {
    return [];
  }
}

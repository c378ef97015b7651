import { getCachedAgentProvider } from '../utils/agent-cache.ts';

export async function collect(kind: 'list' | 'one') {
  switch (kind) {
    case 'list':
      const provider = getCachedAgentProvider({ cacheTtl: 1800 });
      const agent = await provider.getAgent();
      return agent.getCampaigns();
    default:
      const agentProvider = getCachedAgentProvider({ cacheTtl: 1800 });
      const other = await agentProvider.getAgent();
      return other.getCampaign('1');
  }
}

export function both(log: (error: unknown) => void) {
  const provider = getCachedAgentProvider({ cacheTtl: 1800 });
  provider
    .getAgent()
    .then((agent) => agent.getCampaigns())
    .catch(log);
  provider
    .getAgent()
    .then((other) => other.getCampaign('1'))
    .catch(log);
}

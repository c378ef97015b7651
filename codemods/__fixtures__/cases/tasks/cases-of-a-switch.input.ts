import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export async function collect(kind: 'list' | 'one') {
  switch (kind) {
    case 'list':
      const agent = new FacebookAdsAgent();
      return agent.getCampaigns();
    default:
      const other = new FacebookAdsAgent();
      return other.getCampaign('1');
  }
}

export function both(log: (error: unknown) => void) {
  const agent = new FacebookAdsAgent();
  agent.getCampaigns().catch(log);
  const other = new FacebookAdsAgent();
  other.getCampaign('1').catch(log);
}

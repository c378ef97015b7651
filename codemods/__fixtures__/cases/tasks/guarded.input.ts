import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

function getAgent(): FacebookAdsAgent {
  try {
    return new FacebookAdsAgent();
  } catch (error) {
    throw new Error('no agent', { cause: error });
  }
}

export async function collect(): Promise<number> {
  const agent = getAgent();
  return (await agent.getCampaigns()).length;
}

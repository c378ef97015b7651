import type { FacebookAdsAgent as Agent } from '../agents/facebook-ads-agent.js';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export async function run(use: (agent: Agent) => Promise<void>): Promise<void> {
  await use(new FacebookAdsAgent());
}

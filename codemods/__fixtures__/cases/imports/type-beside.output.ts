import type { FacebookAdsAgent as Agent } from '../agents/facebook-ads-agent.js';
import { getFacebookAgent } from '../utils/agent-cache.js';

export async function run(use: (agent: Agent) => Promise<void>): Promise<void> {
  await use(await getFacebookAgent());
}

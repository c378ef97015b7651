import { EventEmitter } from 'node:events';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

setInterval(() => {
  const agent = new FacebookAdsAgent();
  agent.getCampaigns().catch(console.error);
}, 1000);

new EventEmitter().on('refresh', async () => {
  const agent = new FacebookAdsAgent();
  await agent.getCampaigns();
});

export function afterwards(start: Promise<void>): Promise<unknown> {
  return start.then(() => {
    const agent = new FacebookAdsAgent();
    return agent.getCampaigns();
  });
}

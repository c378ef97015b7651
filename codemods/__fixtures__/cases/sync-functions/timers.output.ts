import { EventEmitter } from 'node:events';
import { getFacebookAgent } from '../utils/agent-cache.ts';

setInterval(() => {
  getFacebookAgent()
    .then((agent) => agent.getCampaigns())
    .catch(console.error);
}, 1000);

new EventEmitter().on('refresh', async () => {
  const agent = await getFacebookAgent();
  await agent.getCampaigns();
});

export function afterwards(start: Promise<void>): Promise<unknown> {
  return start.then(() => {
    return getFacebookAgent().then((agent) => agent.getCampaigns());
  });
}

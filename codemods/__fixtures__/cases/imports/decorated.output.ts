import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

function injectable(_target: unknown, _context: unknown): void {}

@injectable
export class Reports {
  // Its type is emitted as a value, for the container.
  constructor(private agent: FacebookAdsAgent) {}

  list() {
    return this.agent.getCampaigns();
  }
}

export async function run() {
  const agent = await getFacebookAgent();
  return agent.getCampaigns();
}

import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

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
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}

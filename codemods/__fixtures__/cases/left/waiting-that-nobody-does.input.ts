import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export function audited(target: object, _context: object): void {
  console.log(target);
}

const traced = (_agent: FacebookAdsAgent) => audited;

export class Reports {
  @traced(new FacebookAdsAgent())
  list(): string[] {
    return [];
  }
}

console.log(new FacebookAdsAgent().shortName());

export function later(run: (callback: () => void) => void): void {
  run(() => {
    console.log(new FacebookAdsAgent().shortName());
  });
}

export async function beside(audit: () => void) {
  const names = fetch('https://names.example');
  audit();
  const agent = new FacebookAdsAgent();
  const account = agent.shortName();
  return [account, await Promise.all([agent.getCampaigns(), names])];
}

let running = 0;

async function count(id: string) {
  const agent = new FacebookAdsAgent();
  const account = agent.shortName();
  running += 1;
  return [account, await agent.getCampaign(id)];
}

export async function counted() {
  const counting = count('1');
  console.log(running);
  return counting;
}

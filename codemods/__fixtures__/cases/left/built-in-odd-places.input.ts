import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const shared = new FacebookAdsAgent();

export class Service {
  agent = new FacebookAdsAgent();
  static agents: FacebookAdsAgent[] = [];
  other: FacebookAdsAgent;

  static {
    Service.agents.push(new FacebookAdsAgent());
  }

  constructor() {
    this.other = new FacebookAdsAgent();
  }

  get fresh(): FacebookAdsAgent {
    return new FacebookAdsAgent();
  }

  *many(): Iterable<FacebookAdsAgent> {
    yield new FacebookAdsAgent();
  }

  async keep(): Promise<void> {
    this.other = new FacebookAdsAgent();
  }
}

export async function byDefault(agent = new FacebookAdsAgent()) {
  return agent.getCampaigns();
}

export function shortName(): string {
  const agent = new FacebookAdsAgent();
  return agent.shortName();
}

export function forEachOf(ids: string[]): void {
  ids.forEach((id) => {
    const agent = new FacebookAdsAgent();
    console.log(id, agent.shortName());
  });
}

export function mapped(ids: string[]): string[] {
  return ids.map((id) => id + new FacebookAdsAgent().shortName());
}

let memo: FacebookAdsAgent | undefined;

export async function memoized() {
  memo ??= new FacebookAdsAgent();
  return memo.getCampaigns();
}

type SyncHandler = (req: object, res: { json(body: unknown): void }) => undefined;

export const typed: SyncHandler = (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(agent.shortName());
};

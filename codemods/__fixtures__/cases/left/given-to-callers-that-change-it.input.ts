import type { Request } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export class Contexts {
  async of(req: Request) {
    return { path: req.path, agent: new FacebookAdsAgent() };
  }

  async owned() {
    return new FacebookAdsAgent();
  }
}

async function assigned() {
  const context: { agent?: FacebookAdsAgent } = {};
  context.agent = new FacebookAdsAgent();
  return context;
}

export async function report(req: Request, contexts: Contexts) {
  const { agent } = await contexts.of(req);
  Object.assign(agent, { account: req.params.id });
  const own = await contexts.owned();
  Object.assign(own, { account: req.params.id });
  const third = await assigned();
  Object.assign(third.agent ?? {}, { account: req.params.id });
  return [await agent.getCampaigns(), await own.getCampaigns(), await third.agent?.getCampaigns()];
}

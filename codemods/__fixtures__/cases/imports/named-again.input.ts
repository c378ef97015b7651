import type { Request, Response } from 'express';
import * as sdk from '../agents/facebook-ads-agent.js';

const { FacebookAdsAgent: SdkAgent } = sdk;
const Agent = SdkAgent;

export async function list(_req: Request, res: Response) {
  const agent = new Agent();
  res.json(await agent.getCampaigns());
}

export async function first(_req: Request, res: Response) {
  const [campaign] = await new SdkAgent().getCampaigns();
  res.json(campaign);
}

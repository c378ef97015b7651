import type { Request, Response } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.js';

export async function list(_req: Request, res: Response) {
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaigns());
}

export async function first(_req: Request, res: Response) {
  const [campaign] = await (await getFacebookAgent()).getCampaigns();
  res.json(campaign);
}

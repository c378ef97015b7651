import type { NextFunction, Request, Response } from 'express';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export async function attachAgent(_req: Request, res: Response, next: NextFunction): Promise<void> {
  res.locals.agent = await getFacebookAgent();
  next();
}

export const attachOnce = async (req: Request & { agent?: FacebookAdsAgent }, _res: Response, next: NextFunction) => {
  req.agent ??= await getFacebookAgent();
  next();
};

export async function attachTwice(req: Request & { agent?: FacebookAdsAgent }, res: Response, next: NextFunction): Promise<void> {
  req.agent = await getFacebookAgent();
  res.locals.agent = req.agent;
  next();
}

import type { NextFunction, Request, Response } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export function attachAgent(_req: Request, res: Response, next: NextFunction): void {
  res.locals.agent = new FacebookAdsAgent();
  next();
}

export const attachOnce = (req: Request & { agent?: FacebookAdsAgent }, _res: Response, next: NextFunction) => {
  req.agent ??= new FacebookAdsAgent();
  next();
};

export function attachTwice(req: Request & { agent?: FacebookAdsAgent }, res: Response, next: NextFunction): void {
  req.agent = new FacebookAdsAgent();
  res.locals.agent = req.agent;
  next();
}

import type { RequestHandler } from 'express';

/** What is answered here is private and of the moment: no cache may keep it. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};

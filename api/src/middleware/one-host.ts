import type { RequestHandler } from 'express';
import { BadRequestError } from '../errors.ts';

/** Refuses requests that name no host, or two: proxies and this server might each believe another one. */
export const oneHost: RequestHandler = (req, _res, next) => {
  const names = req.rawHeaders.filter((_, index) => index % 2 === 0);
  const hosts = names.filter((name) => name.toLowerCase() === 'host').length;
  if (hosts > 1) throw new BadRequestError('The request has more than one Host header');
  if (hosts === 0 && req.httpVersion !== '1.0') throw new BadRequestError('The request has no Host header');
  next();
};

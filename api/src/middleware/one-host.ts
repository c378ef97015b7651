import type { RequestHandler } from 'express';
import { BadRequestError } from '../errors.ts';

/** Refuses requests that name no host, or two: proxies and this server might each believe another one. */
export const oneHost: RequestHandler = (req, _res, next) => {
  const { rawHeaders } = req;
  let hosts = 0;
  // Names and values take turns; no list of the names is made for each request.
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  if (hosts > 1) throw new BadRequestError('The request has more than one Host header');
  if (hosts === 0 && req.httpVersion !== '1.0') throw new BadRequestError('The request has no Host header');
  next();
};

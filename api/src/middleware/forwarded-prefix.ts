import type { RequestHandler, Response } from 'express';

/** Segments of plain letters: what stands there goes into links. */
const WELL_FORMED = /^(?:\/[\w.~-]+){1,10}$/;
const LONGEST = 200;

/**
 * Notes where this API stands for its callers, as a trusted proxy says in `X-Forwarded-Prefix`.
 * @param trusted how many proxies may be believed
 */
export function readForwardedPrefix(trusted: number): RequestHandler {
  return (req, res, next) => {
    const given = trusted > 0 ? req.get('X-Forwarded-Prefix')?.trim().replace(/\/+$/, '') : undefined;
    if (given !== undefined && given.length <= LONGEST && WELL_FORMED.test(given)) res.locals.prefix = given;
    next();
  };
}

/** `/ads` behind a proxy that says so, else nothing: what paths begin with for the caller. */
export function prefixOf(res: Response): string {
  const prefix: unknown = res.locals.prefix;
  return typeof prefix === 'string' ? prefix : '';
}

import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * What a page of documentation may load: nothing from elsewhere, no inline script. Those who draw it style their
 * elements inline, and draw from data URLs.
 * @param more directives that one of them needs beside those
 */
export function pagePolicy(more: Readonly<Record<string, readonly string[]>> = {}): RequestHandler {
  return helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
      ...more,
    },
  });
}

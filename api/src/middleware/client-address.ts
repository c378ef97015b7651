import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { logger } from '../observability/logger.ts';

const WITH_PORT = /^(?:\[([\da-f:.]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/i;

/**
 * Who sends a request, as far as limits are concerned: the address that trusted proxies name, without the port
 * that some of them add; an IPv6 address stands for its network.
 */
export function clientAddress(req: Request): string {
  const named = addressIn(req.ip ?? '') ?? addressIn(req.socket.remoteAddress ?? '');
  return named === undefined ? 'unknown' : ipKeyGenerator(named);
}

function addressIn(text: string): string | undefined {
  const [, bracketed, plain] = WITH_PORT.exec(text) ?? [];
  const address = bracketed ?? plain ?? text;
  return isIP(address) ? address : undefined;
}

/**
 * Says once that requests come through a proxy that the settings do not know of.
 * @param trusted how many proxies may be believed
 */
export function warnOfUnknownProxy(trusted: number): RequestHandler {
  let warned = trusted > 0;
  return (req, _res, next) => {
    if (!warned && (req.headers['x-forwarded-for'] || req.headers.forwarded)) {
      warned = true;
      logger.warn(
        'Requests come through a proxy, whose address stands for all callers: set TRUST_PROXY to how many proxies are yours',
      );
    }
    next();
  };
}

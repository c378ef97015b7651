import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** What helmet puts on every answer, worked out once: by default it says the same of all of them. */
export function secureHeaders(): RequestHandler {
  const headers = headersOf(helmet());
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value);
    next();
  };
}

/** Those that a middleware sets on an answer, whatever the request. */
function headersOf(middleware: ReturnType<typeof helmet>): [string, string][] {
  const headers = new Map<string, string>();
  const answer = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  };
  let done = false;
  middleware({} as Parameters<RequestHandler>[0], answer as unknown as Response, () => {
    done = true;
  });
  if (!done || headers.size === 0) throw new Error('helmet does not say at once what it sets');
  return [...headers];
}

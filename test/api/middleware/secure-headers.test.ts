import helmet from 'helmet';
import type { Request, RequestHandler, Response } from 'express';
import { secureHeaders } from '../../../api/src/middleware/secure-headers.ts';

function headersBy(middleware: RequestHandler): Record<string, string> {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => {
      headers[name] = value;
    },
    removeHeader: () => {},
  };
  middleware({} as Request, answer as unknown as Response, () => {});
  return headers;
}

test('sets what helmet sets', () => {
  const headers = headersBy(secureHeaders());
  expect(headers).toEqual(headersBy(helmet()));
  expect(headers['Content-Security-Policy']).toContain("default-src 'self'");
});

import { type RequestHandler, Router } from 'express';

/** Several handlers as one, for places that take one. */
export function chain(...handlers: RequestHandler[]): RequestHandler {
  return Router().use(...handlers);
}

import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { CallerGoneError } from '../errors.ts';
import { type RequestContext, runInRequestContext } from '../observability/request-context.ts';

/** Long enough for any tracing id, and nothing that could forge a log line or a header. */
const ACCEPTABLE = /^[\w.:-]{1,128}$/;

/**
 * Takes over the caller's `X-Request-Id` when it is well formed, else makes one; puts it on the
 * answer and on every log line of the request. What the request has begun ends when its caller hangs up.
 */
export const requestId: RequestHandler = (req, res, next) => {
  const given = req.get('X-Request-Id');
  const id = given !== undefined && ACCEPTABLE.test(given) ? given : randomUUID();
  res.setHeader('X-Request-Id', id);
  const caller = new Caller(id);
  res.once('close', () => {
    if (!res.writableFinished) caller.leave();
  });
  runInRequestContext(caller, next);
};

/** Most requests never ask for the signal: it is made for those that do. */
class Caller implements RequestContext {
  readonly requestId: string;
  #controller: AbortController | undefined;
  #gone = false;

  constructor(requestId: string) {
    this.requestId = requestId;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#gone) this.leave();
    }
    return this.#controller.signal;
  }

  leave(): void {
    this.#gone = true;
    this.#controller?.abort(new CallerGoneError());
  }
}

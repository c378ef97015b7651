import type { ErrorRequestHandler } from 'express';
import { CallerGoneError } from '../errors.ts';
import { logger } from '../observability/logger.ts';
import { describeError } from '../observability/serialize.ts';
import { prefixOf } from './forwarded-prefix.ts';
import { PROBLEM_MEDIA_TYPE, toProblem } from './problem.ts';
import { toProblemError } from './to-problem-error.ts';

/** Answers every error as a problem document, and logs those that are ours. */
export const errorHandler: ErrorRequestHandler = (error, req, res, next) => {
  if (error instanceof CallerGoneError) {
    logger.debug('Request ended: its caller hung up', { method: req.method, path: pathOf(req.originalUrl) });
    res.destroy();
    return;
  }
  const problem = toProblemError(error);
  const request = { method: req.method, path: pathOf(req.originalUrl), status: problem.status };
  if (problem.status === 500) {
    logger.error('Request failed unexpectedly', { ...request, error });
  } else if (problem.status > 500) {
    logger.warn('Request failed', { ...request, reason: describeError(error, { stack: false }) });
  }
  // The answer has begun: all that is left is to cut the connection, which express does.
  if (res.headersSent) {
    next(error);
    return;
  }
  const body = toProblem(problem, {
    instance: request.path,
    requestId: String(res.getHeader('X-Request-Id') ?? ''),
    prefix: prefixOf(res),
  });
  res.status(problem.status).set(problem.headers).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(body));
};

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}

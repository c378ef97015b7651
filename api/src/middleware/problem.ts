import { STATUS_CODES } from 'node:http';
import { ProblemError } from '../errors.ts';

/** RFC 9457 problem document, with this API's extension members. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** Path of the request, without its query: a query may hold what must not be repeated. */
  instance: string;
  request_id: string;
  [extension: string]: unknown;
}

export interface ProblemContext {
  instance: string;
  requestId: string;
  /** What paths begin with for the caller; nothing by default. */
  prefix?: string;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The document that tells a caller about `error`. */
export function toProblem(
  error: ProblemError,
  { instance, requestId, prefix = '' }: ProblemContext,
): Problem {
  return {
    type: `${prefix}/docs/errors#${error.slug}`,
    title: error.title,
    status: error.status,
    detail: error.message,
    instance: `${prefix}${instance}`,
    request_id: requestId,
    ...error.extensions,
  };
}

/** A problem that HTTP itself names, e.g. 413 `content-too-large`. */
export function httpProblem(status: number, detail: string, cause?: unknown): ProblemError {
  const title = TITLES[status] ?? STATUS_CODES[status] ?? 'Error';
  return new ProblemError(status, title.toLowerCase().replaceAll(' ', '-'), title, detail, { cause });
}

/** RFC 9110 renamed these; Node still has the older names. */
const TITLES: Record<number, string> = { 413: 'Content Too Large', 422: 'Unprocessable Content' };

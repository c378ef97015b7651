import {
  BadGatewayError,
  GatewayTimeoutError,
  type ProblemOptions,
  ServiceUnavailableError,
  TooManyRequestsError,
} from '../errors.ts';

/** Why a call to another system failed, as far as it matters to who called. */
export type IntegrationFailure =
  | { kind: 'timeout'; seconds: number }
  | { kind: 'network' }
  | { kind: 'answer'; status: number; retryAfter?: string | null; hint?: string }
  | { kind: 'unreadable' };

/** The other system did not answer in time. */
export class IntegrationTimeoutError extends GatewayTimeoutError {}

/** The other system refused us (credentials, permissions, an input it does not take) or is broken. */
export class IntegrationFailedError extends BadGatewayError {}

/** The other system is down for now, or says so. */
export class IntegrationUnavailableError extends ServiceUnavailableError {}

/** The other system asks us to slow down; `Retry-After` is its own. */
export class IntegrationThrottledError extends TooManyRequestsError {}

const DEFAULT_RETRY_SECONDS = 30;
const OVERLOADED = new Set([503, 529]);

/**
 * The typed error of a failed call. Its message holds the system's name and a status, never its
 * text: that may echo what was sent.
 */
export function integrationError(system: string, failure: IntegrationFailure, cause: unknown): Error {
  const error = typedError(system, failure, cause);
  failures.set(error, failure);
  return error;
}

/** Why a call failed that this error tells of; undefined for any other error. */
export function failureOf(error: unknown): IntegrationFailure | undefined {
  return error instanceof Error ? failures.get(error) : undefined;
}

const failures = new WeakMap<Error, IntegrationFailure>();

function typedError(system: string, failure: IntegrationFailure, cause: unknown): Error {
  const options: ProblemOptions = { cause };
  if (failure.kind === 'timeout') {
    return new IntegrationTimeoutError(`${system} did not answer within ${failure.seconds} s`, options);
  }
  if (failure.kind === 'network') {
    return new IntegrationUnavailableError(`${system} cannot be reached`, DEFAULT_RETRY_SECONDS, options);
  }
  if (failure.kind === 'unreadable') {
    return new IntegrationFailedError(`${system} sent an answer that cannot be read`, options);
  }
  const { status } = failure;
  const retryAfter = retrySeconds(failure.retryAfter);
  if (status === 429)
    return new IntegrationThrottledError(`${system} limits our requests`, retryAfter, options);
  if (OVERLOADED.has(status)) {
    return new IntegrationUnavailableError(`${system} is unavailable`, retryAfter, options);
  }
  if (status === 401 || status === 403) {
    return new IntegrationFailedError(`${system} refused the configured credentials (${status})`, options);
  }
  const hint = failure.hint === undefined ? '' : `: ${failure.hint}`;
  return new IntegrationFailedError(`${system} answered with status ${status}${hint}`, options);
}

/** `Retry-After` in seconds or as an HTTP date. */
function retrySeconds(header: string | null | undefined): number {
  if (!header) return DEFAULT_RETRY_SECONDS;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds;
  const delay = (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(delay) ? delay : DEFAULT_RETRY_SECONDS;
}

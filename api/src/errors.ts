/** What an error adds to its RFC 9457 problem document. */
export interface ProblemOptions {
  cause?: unknown;
  /** Response headers, e.g. `Retry-After`. */
  headers?: Record<string, string>;
  /** Extension members of the problem document. */
  extensions?: Record<string, unknown>;
}

/**
 * An error that knows its HTTP answer. `message` is the public `detail`: it never holds a secret
 * nor another system's raw text. `slug` names the problem type (see docs/errors.md).
 */
export class ProblemError extends Error {
  readonly status: number;
  readonly slug: string;
  readonly title: string;
  readonly headers: Record<string, string>;
  readonly extensions: Record<string, unknown>;

  constructor(status: number, slug: string, title: string, detail: string, options: ProblemOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = new.target.name;
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.headers = options.headers ?? {};
    this.extensions = options.extensions ?? {};
  }
}

export class BadRequestError extends ProblemError {
  constructor(detail: string, options?: ProblemOptions) {
    super(400, 'bad-request', 'Bad Request', detail, options);
  }
}

export class UnauthorizedError extends ProblemError {
  constructor(detail: string, options: ProblemOptions = {}) {
    super(401, 'unauthorized', 'Unauthorized', detail, {
      ...options,
      headers: { 'WWW-Authenticate': 'Bearer', ...options.headers },
    });
  }
}

export class ForbiddenError extends ProblemError {
  constructor(detail: string, options?: ProblemOptions) {
    super(403, 'forbidden', 'Forbidden', detail, options);
  }
}

export class NotFoundError extends ProblemError {
  constructor(detail: string, options?: ProblemOptions) {
    super(404, 'not-found', 'Not Found', detail, options);
  }
}

export class TooManyRequestsError extends ProblemError {
  /** @param retryAfterSeconds rounded up to whole seconds, at least one. */
  constructor(detail: string, retryAfterSeconds: number, options: ProblemOptions = {}) {
    super(429, 'too-many-requests', 'Too Many Requests', detail, withRetryAfter(options, retryAfterSeconds));
  }
}

export class BadGatewayError extends ProblemError {
  constructor(detail: string, options?: ProblemOptions) {
    super(502, 'bad-gateway', 'Bad Gateway', detail, options);
  }
}

export class ServiceUnavailableError extends ProblemError {
  /**
   * @param retryAfterSeconds rounded up to whole seconds, at least one; without it, what the cause
   * says (`Retry-After`), else five.
   */
  constructor(detail: string, retryAfterSeconds?: number, options: ProblemOptions = {}) {
    const seconds = retryAfterSeconds ?? retryAfterOf(options.cause) ?? 5;
    super(503, 'service-unavailable', 'Service Unavailable', detail, withRetryAfter(options, seconds));
  }
}

export class GatewayTimeoutError extends ProblemError {
  constructor(detail: string, options?: ProblemOptions) {
    super(504, 'gateway-timeout', 'Gateway Timeout', detail, options);
  }
}

/** The caller hung up: there is nobody to answer. */
export class CallerGoneError extends Error {
  constructor() {
    super('The caller hung up');
    this.name = 'CallerGoneError';
  }
}

function retryAfterOf(cause: unknown): number | undefined {
  const value = cause instanceof ProblemError ? cause.headers['Retry-After'] : undefined;
  return value === undefined ? undefined : Number(value);
}

function withRetryAfter(options: ProblemOptions, seconds: number): ProblemOptions {
  const value = String(Math.max(1, Math.ceil(seconds)));
  return { ...options, headers: { 'Retry-After': value, ...options.headers } };
}

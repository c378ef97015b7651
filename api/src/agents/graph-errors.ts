import { ProblemError, type ProblemOptions, ServiceUnavailableError } from '../errors.ts';

/**
 * What is known about a failed Graph call, without any of Graph's free text: Graph quotes tokens
 * in its messages, so only codes and the trace id are kept.
 */
export interface GraphFault {
  httpStatus?: number;
  code?: number;
  subcode?: number;
  /** `fbtrace_id`: what Facebook's support asks for. */
  traceId?: string;
  /** A fixed word for what went wrong below HTTP, e.g. `ECONNRESET` or `truncated`. */
  reason?: string;
}

interface Answer {
  status: number;
  slug: string;
  title: string;
  detail: string;
  /** Seconds; becomes `Retry-After`. */
  retryAfter?: number;
}

/** A Graph call that failed, classified. `status` and `slug` say how this API answers it. */
export abstract class GraphError extends ProblemError {
  readonly fault: GraphFault;
  /** Seconds after which a further try makes sense, when that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(answer: Answer, fault: GraphFault) {
    super(answer.status, answer.slug, answer.title, answer.detail, {
      headers: answer.retryAfter === undefined ? {} : { 'Retry-After': wholeSeconds(answer.retryAfter) },
    });
    this.fault = fault;
    this.retryAfterSeconds = answer.retryAfter;
  }
}

/** Too many calls for the app, the account or the user. The token and the agent stay good. */
export class GraphThrottleError extends GraphError {
  /** @param regainSeconds when Facebook takes calls again. */
  constructor(fault: GraphFault, regainSeconds: number) {
    super(
      {
        status: 429,
        slug: 'graph-throttled',
        title: 'Facebook Call Limit Reached',
        detail: 'Facebook takes no more calls for now; try again later',
        retryAfter: regainSeconds,
      },
      fault,
    );
  }
}

/** Graph answered, but with a passing failure: its own error, an empty or broken body. */
export class GraphTransientError extends GraphError {
  constructor(fault: GraphFault) {
    super(
      {
        status: 502,
        slug: 'graph-transient',
        title: 'Facebook Failed To Answer',
        detail: 'Facebook failed to answer; try again',
      },
      fault,
    );
  }
}

/** No answer at all: refused, reset, or no such host. */
export class GraphUnreachableError extends GraphError {
  constructor(fault: GraphFault) {
    super(
      {
        status: 503,
        slug: 'graph-unreachable',
        title: 'Facebook Cannot Be Reached',
        detail: 'Facebook cannot be reached; try again',
        retryAfter: 5,
      },
      fault,
    );
  }
}

/** The circuit is open: Graph was down a moment ago, and no call was made. */
export class GraphDownError extends GraphError {
  /** @param probeSeconds when the next call is let through. */
  constructor(probeSeconds: number) {
    super(
      {
        status: 503,
        slug: 'graph-down',
        title: 'Facebook Is Down',
        detail: 'Facebook does not answer; calls are paused until it does',
        retryAfter: probeSeconds,
      },
      { reason: 'circuit-open' },
    );
  }
}

/** A call, or everything an operation may take, ran out of time. */
export class GraphDeadlineError extends GraphError {
  constructor(fault: GraphFault) {
    super(
      {
        status: 504,
        slug: 'graph-deadline',
        title: 'Facebook Took Too Long',
        detail: 'Facebook did not answer in time',
      },
      fault,
    );
  }
}

/** The access token is refused, expired or of another app. Never answered with a stale agent. */
export class GraphTokenError extends GraphError {
  constructor(fault: GraphFault) {
    super(
      {
        status: 503,
        slug: 'graph-token',
        title: 'Facebook Credential Refused',
        detail: 'Facebook API unavailable',
        retryAfter: 60,
      },
      fault,
    );
  }
}

/** The token is good but may not do this, or the object does not exist for it. */
export class GraphPermissionError extends GraphError {
  constructor(fault: GraphFault) {
    super(
      {
        status: 502,
        slug: 'graph-permission',
        title: 'Facebook Refused The Call',
        detail: 'Facebook does not allow this call with the configured credential',
      },
      fault,
    );
  }
}

/** More rows than Graph can produce in one answer, even in small pages. */
export class GraphTooMuchDataError extends GraphError {
  constructor(fault: GraphFault) {
    super(
      {
        status: 502,
        slug: 'graph-too-much-data',
        title: 'Facebook Cannot Produce So Much Data',
        detail: 'Facebook cannot produce so much data at once; ask for a shorter period',
      },
      fault,
    );
  }
}

/** Days that Facebook has forgotten: the caller can ask for others. */
export class GraphPeriodError extends GraphError {
  constructor(fault: GraphFault) {
    super(
      {
        status: 400,
        slug: 'graph-period',
        title: 'Period Too Old',
        detail: 'Facebook keeps figures for 37 months: the period must not begin earlier',
      },
      fault,
    );
  }
}

/** Graph does not understand what was asked; asking again changes nothing. */
export class GraphBadQueryError extends GraphError {
  constructor(fault: GraphFault) {
    super(
      {
        status: 502,
        slug: 'graph-bad-query',
        title: 'Facebook Did Not Understand The Call',
        detail: 'Facebook did not accept the query',
      },
      fault,
    );
  }
}

/** Facebook blocked the account or the app for a breach of its policies. */
export class GraphPolicyError extends GraphError {
  constructor(fault: GraphFault) {
    super(
      {
        status: 502,
        slug: 'graph-policy',
        title: 'Facebook Blocked The Account',
        detail: 'Facebook blocked the configured account for policy reasons',
      },
      fault,
    );
  }
}

/** The configured Graph version is no longer served: somebody has to raise it. */
export class GraphVersionError extends GraphError {
  constructor(fault: GraphFault) {
    super(
      {
        status: 502,
        slug: 'graph-version',
        title: 'Facebook API Version Not Served',
        detail: 'Facebook no longer serves the configured API version',
      },
      fault,
    );
  }
}

/** An answer that is no Graph answer: another origin's paging link, missing rows, a proxy's page. */
export class GraphProtocolError extends GraphError {
  constructor(fault: GraphFault) {
    super(
      {
        status: 502,
        slug: 'graph-protocol',
        title: 'Unexpected Answer From Facebook',
        detail: 'Facebook sent an answer that cannot be used',
      },
      fault,
    );
  }
}

/** No agent can be had: connecting failed. `cause` is the Graph error, whose wait it hands on. */
export class AgentUnavailableError extends ServiceUnavailableError {
  constructor(options: ProblemOptions = {}) {
    const { cause } = options;
    super('Facebook API unavailable', (cause instanceof GraphError && cause.retryAfterSeconds) || 5, options);
  }
}

function wholeSeconds(seconds: number): string {
  return String(Math.max(1, Math.ceil(seconds)));
}

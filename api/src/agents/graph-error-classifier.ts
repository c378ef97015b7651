import { redact } from '../observability/redaction.ts';
import {
  CLASS_BY_CODE,
  CLASS_BY_SUBCODE,
  type GraphErrorClass,
  TOO_MUCH_DATA_MESSAGE,
} from './graph-error-codes.ts';
import {
  GraphBadQueryError,
  type GraphError,
  type GraphFault,
  GraphPeriodError,
  GraphPermissionError,
  GraphPolicyError,
  GraphProtocolError,
  GraphThrottleError,
  GraphTokenError,
  GraphTooMuchDataError,
  GraphTransientError,
  GraphVersionError,
} from './graph-errors.ts';

/** Seconds to stay away after a throttle that does not say for how long. */
const UNKNOWN_REGAIN_SECONDS = 60;

interface ErrorBody {
  code?: unknown;
  error_subcode?: unknown;
  message?: unknown;
  is_transient?: unknown;
  fbtrace_id?: unknown;
}

/**
 * The typed error of a Graph answer whose body holds `error`.
 * @param regainSeconds from the usage headers, when they said so.
 */
export function classifyGraphError(error: unknown, httpStatus: number, regainSeconds?: number): GraphError {
  const body: ErrorBody = typeof error === 'object' && error !== null ? error : {};
  const fault: GraphFault = {
    httpStatus,
    code: wholeNumber(body.code),
    subcode: wholeNumber(body.error_subcode),
    traceId: traceId(body.fbtrace_id),
  };
  return toError(classOf(body, fault), fault, regainSeconds);
}

/** The typed error of an answer that is no Graph JSON: a proxy's page, an empty or cut body. */
export function classifyBareAnswer(httpStatus: number, reason: string, regainSeconds?: number): GraphError {
  const fault: GraphFault = { httpStatus, reason };
  if (httpStatus === 429) return new GraphThrottleError(fault, regainSeconds ?? UNKNOWN_REGAIN_SECONDS);
  // A cut or empty 200 is the connection's fault, and passes; a page with a 4xx does not.
  return httpStatus >= 500 || httpStatus < 300
    ? new GraphTransientError(fault)
    : new GraphProtocolError(fault);
}

function classOf(body: ErrorBody, fault: GraphFault): GraphErrorClass | undefined {
  const { code, subcode, httpStatus = 0 } = fault;
  if (code === 1 && typeof body.message === 'string' && TOO_MUCH_DATA_MESSAGE.test(body.message)) {
    return 'too-much-data';
  }
  const known = CLASS_BY_SUBCODE.get(`${code}/${subcode}`) ?? CLASS_BY_CODE.get(code ?? -1);
  if (known) return known;
  return body.is_transient === true || httpStatus >= 500 ? 'transient' : undefined;
}

function toError(name: GraphErrorClass | undefined, fault: GraphFault, regainSeconds?: number): GraphError {
  switch (name) {
    case 'throttle':
      return new GraphThrottleError(fault, regainSeconds ?? UNKNOWN_REGAIN_SECONDS);
    case 'transient':
      return new GraphTransientError(fault);
    case 'too-much-data':
      return new GraphTooMuchDataError(fault);
    case 'token':
      return new GraphTokenError(fault);
    case 'permission':
      return new GraphPermissionError(fault);
    case 'policy':
      return new GraphPolicyError(fault);
    case 'version':
      return new GraphVersionError(fault);
    case 'period':
      return new GraphPeriodError(fault);
    case 'bad-query':
    case undefined:
      return new GraphBadQueryError(fault);
  }
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/** Only what looks like a trace id and is no secret is kept: Graph may quote anything anywhere. */
function traceId(value: unknown): string | undefined {
  const isTraceId = typeof value === 'string' && /^[\w-]{1,24}$/.test(value) && redact(value) === value;
  return isTraceId ? value : undefined;
}

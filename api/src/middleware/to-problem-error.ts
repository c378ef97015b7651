import { ProblemError } from '../errors.ts';
import { httpProblem } from './problem.ts';

/** What body-parser and the router report (http-errors): never their text, which quotes the input. */
const DETAILS: Record<string, string> = {
  'entity.parse.failed': 'The body is not valid JSON',
  'entity.too.large': 'The body is larger than this API accepts',
  'request.aborted': 'The request ended before its body did',
  'request.size.invalid': 'The body does not have the length that Content-Length says',
  'encoding.unsupported': 'The Content-Encoding is not supported',
  'charset.unsupported': 'The charset of the body is not supported',
};

/** Makes of anything thrown the error that its caller is told. What is unknown stays unsaid: 500. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const { status, type } = asHttpError(error);
  if (error instanceof URIError) {
    return httpProblem(400, 'The path holds a malformed percent-encoding', error);
  }
  if (status !== undefined && type !== undefined && DETAILS[type] !== undefined) {
    return httpProblem(status, DETAILS[type], error);
  }
  if (status !== undefined && status >= 400 && status < 500) {
    return httpProblem(status, 'The request cannot be read', error);
  }
  return httpProblem(500, 'Something went wrong on our side; quote the request_id when you report it', error);
}

function asHttpError(error: unknown): { status?: number; type?: string } {
  if (!(error instanceof Error)) return {};
  const { status, type } = error as Error & { status?: unknown; type?: unknown };
  return {
    status: typeof status === 'number' ? status : undefined,
    type: typeof type === 'string' ? type : undefined,
  };
}

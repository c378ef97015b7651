import { isHTTPResponseError, RequestTimeoutError } from '@notionhq/client';
import { integrationError } from './integration-errors.ts';

/** The typed error of a failed Notion call. @param timeoutSeconds the deadline that was given */
export function notionError(error: unknown, timeoutSeconds: number): Error {
  if (isTimeout(error))
    return integrationError('Notion', { kind: 'timeout', seconds: timeoutSeconds }, error);
  if (isHTTPResponseError(error)) {
    const retryAfter = error.headers instanceof Headers ? error.headers.get('retry-after') : null;
    return integrationError('Notion', { kind: 'answer', status: error.status, retryAfter }, error);
  }
  const kind = error instanceof SyntaxError ? 'unreadable' : 'network';
  return integrationError('Notion', { kind }, error);
}

function isTimeout(error: unknown): boolean {
  if (RequestTimeoutError.isRequestTimeoutError(error)) return true;
  return error instanceof DOMException && error.name === 'TimeoutError';
}

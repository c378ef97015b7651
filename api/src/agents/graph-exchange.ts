import { GraphDeadlineError, GraphError, GraphUnreachableError } from './graph-errors.ts';
import { classifyBareAnswer, classifyGraphError } from './graph-error-classifier.ts';
import type { GraphOperation } from './graph-operation.ts';
import type { GraphOrigin } from './graph-origin.ts';
import { type GraphUsage, readUsage } from './graph-usage.ts';

export interface Exchange {
  method: 'GET' | 'POST';
  /** Path and query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** What an answer says beside its body. */
export interface Told {
  onUsage: (usage: GraphUsage) => void;
  /** Graph warns that the version called has ended; `served` is the one that answered, if it says so. */
  onVersion: (served: string | undefined) => void;
}

/**
 * One HTTP exchange with Graph, bounded by the call's deadline, the operation's budget and its
 * signal, headers and body together.
 * @returns Graph's JSON.
 * @throws {GraphError} typed by what Graph said, or the signal's reason when the caller gave up.
 */
export async function exchange(
  origin: GraphOrigin,
  request: Exchange,
  deadlineMs: number,
  operation: GraphOperation,
  told: Told,
): Promise<unknown> {
  const abort = new AbortController();
  const giveUp = (): void => abort.abort();
  const timer = setTimeout(giveUp, Math.min(deadlineMs, operation.remainingMs));
  operation.signal?.addEventListener('abort', giveUp, { once: true });
  try {
    operation.check();
    const answer = await origin.pool.request({ ...request, signal: abort.signal });
    const usage = readUsage(answer.headers);
    if (usage) told.onUsage(usage);
    const warning = answer.headers['x-ad-api-version-warning'];
    if (warning !== undefined) told.onVersion(versionOf(answer.headers['facebook-api-version']));
    return interpret(await answer.body.text(), answer.statusCode, usage?.regainSeconds);
  } catch (error) {
    if (operation.signal?.aborted) throw operation.signal.reason;
    if (error instanceof GraphError) throw error;
    if (abort.signal.aborted) throw new GraphDeadlineError({ reason: 'deadline' });
    // The library's error is not kept as a cause: what it holds is not ours to vouch for.
    throw new GraphUnreachableError({ reason: networkReason(error) });
  } finally {
    clearTimeout(timer);
    operation.signal?.removeEventListener('abort', giveUp);
  }
}

function interpret(text: string, httpStatus: number, regainSeconds?: number): unknown {
  if (text === '') throw classifyBareAnswer(httpStatus, 'empty', regainSeconds);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    const reason = /^\s*</.test(text) ? 'html' : 'truncated';
    throw classifyBareAnswer(httpStatus, reason, regainSeconds);
  }
  if (typeof body !== 'object' || body === null) throw classifyBareAnswer(httpStatus, 'not-an-object');
  if ('error' in body) throw classifyGraphError(body.error, httpStatus, regainSeconds);
  if (httpStatus >= 300) throw classifyBareAnswer(httpStatus, 'no-error-body', regainSeconds);
  return body;
}

/** Only what looks like a version is kept: Graph's free text is not handed on. */
function versionOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^v\d{1,3}\.\d{1,2}$/.test(header) ? header : undefined;
}

function networkReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code : 'network';
}

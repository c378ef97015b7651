import { AsyncLocalStorage } from 'node:async_hooks';

export interface RequestContext {
  requestId: string;
  /** Aborts when the caller hangs up. */
  signal?: AbortSignal;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work`, and all that it starts, as part of one request. */
export function runInRequestContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** What the request being answered is known by; undefined in tasks, timers and at startup. */
export function currentRequestContext(): RequestContext | undefined {
  return storage.getStore();
}

/** The id of the request being answered; undefined in tasks, timers and at startup. */
export function currentRequestId(): string | undefined {
  return storage.getStore()?.requestId;
}

/** Aborts when the caller of the request being answered hangs up; undefined in tasks, timers and at startup. */
export function currentRequestSignal(): AbortSignal | undefined {
  return storage.getStore()?.signal;
}

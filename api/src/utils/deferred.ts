/** A promise with its two ends in hand. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

/** The promise counts as handled from birth: when every waiter has gone, its rejection must not end the process. */
export function createDeferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = ignore;
  let reject: (reason: unknown) => void = ignore;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  promise.catch(ignore);
  return { promise, resolve, reject };
}

/** A rejected promise that nobody is obliged to handle. */
export function rejected<T>(reason: unknown): Promise<T> {
  const promise = Promise.reject<T>(reason);
  promise.catch(ignore);
  return promise;
}

/** Follows `promise` until `signal` aborts: then it alone rejects with the signal's reason, after `onGiveUp`. */
export function followUntil<T>(promise: Promise<T>, signal: AbortSignal, onGiveUp: () => void): Promise<T> {
  const { promise: own, resolve, reject } = createDeferred<T>();
  const giveUp = () => {
    onGiveUp();
    reject(signal.reason);
  };
  signal.addEventListener('abort', giveUp, { once: true });
  const settle = () => signal.removeEventListener('abort', giveUp);
  promise.then(resolve, reject).then(settle, settle);
  return own;
}

const settled = Promise.resolve();

/**
 * Runs `task` when those have gone on who wait for promises that are settled already, and before any timer or I/O:
 * the first step stands among theirs, the second behind them all.
 */
export function afterCallers(task: () => void): Promise<void> {
  return settled.then(ignore).then(task);
}

function ignore(): void {}

/** Calls `create` so that a synchronous throw is a rejection too. */
export function promiseOf<T>(create: () => Promise<T>): Promise<T> {
  try {
    return Promise.resolve(create());
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Asks a callback for its opinion; its own fault must not become the cache's. */
export function attempt<Result>(callback: () => Result): Result | undefined {
  try {
    return callback();
  } catch {
    return undefined;
  }
}

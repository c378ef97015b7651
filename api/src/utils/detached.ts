import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Runs a function in the async context of this module's load, which belongs to no request: work and
 * timers started here never carry, nor pin in memory, the store of the request that happened to be first.
 */
export const runDetached: <Result>(task: () => Result) => Result = AsyncLocalStorage.snapshot();

import { jest } from '@jest/globals';

/**
 * Takes over waits and the clock that measures them; sockets, dates and intervals stay real.
 * @param options.flowing they also pass by themselves, and can be moved on besides.
 */
export function fakeWaits(options: { flowing?: boolean } = {}): void {
  jest.useFakeTimers({
    advanceTimers: options.flowing ?? false,
    doNotFake: [
      ...(['Date', 'hrtime', 'nextTick', 'queueMicrotask'] as const),
      ...(['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const),
    ],
  });
}

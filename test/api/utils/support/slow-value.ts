import { jest } from '@jest/globals';
import { CachedProvider, type CachedProviderOptions } from '../../../../api/src/utils/cached-provider.ts';

export interface SlowValue {
  /** Counts creations from 1. */
  id: number;
}

/** How long a creation takes, in fake milliseconds. */
export const CREATION_MS = 400;

export function seconds(count: number): number {
  return count * 1000;
}

/** A provider whose creations take their time, ignore their signal, and fail when told to. */
export function provide(options: Partial<CachedProviderOptions<SlowValue>> = {}) {
  let failing = false;
  const create = jest.fn(async (_context: { signal: AbortSignal }): Promise<SlowValue> => {
    const id = create.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, CREATION_MS));
    if (failing) throw new Error('creation failed');
    return { id };
  });
  const fail = (on: boolean) => {
    failing = on;
  };
  return { create, fail, provider: new CachedProvider<SlowValue>({ create, ttl: 100, ...options }) };
}

/** The same with its first value in it. Needs jest's fake timers. */
export async function filled(options: Partial<CachedProviderOptions<SlowValue>> = {}) {
  const made = provide(options);
  const value = made.provider.get();
  await jest.advanceTimersByTimeAsync(CREATION_MS);
  return { ...made, value: await value };
}

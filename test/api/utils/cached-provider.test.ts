import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CachedProvider, type CachedProviderOptions } from '../../../api/src/utils/cached-provider.ts';

interface Made {
  id: number;
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

/** A provider whose creations take 400 ms of fake time, unless told otherwise. */
function provide(options: Partial<CachedProviderOptions<Made>> = {}) {
  const create = jest.fn(async (_context: { signal: AbortSignal }): Promise<Made> => {
    const id = create.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    return { id };
  });
  return { create, provider: new CachedProvider<Made>({ create, ttl: 100, ...options }) };
}

async function filled(options: Partial<CachedProviderOptions<Made>> = {}) {
  const made = provide(options);
  const value = made.provider.get();
  await jest.advanceTimersByTimeAsync(400);
  return { ...made, value: await value };
}

describe('an empty provider', () => {
  test('creates once for any number of callers and hands all of them the same promise', async () => {
    const { create, provider } = provide();
    const promises = Array.from({ length: 50 }, () => provider.get());
    expect(new Set(promises).size).toBe(1);
    expect(provider.waiters).toBe(50);
    await jest.advanceTimersByTimeAsync(400);
    expect(await promises[49]).toEqual({ id: 1 });
    expect(create).toHaveBeenCalledTimes(1);
    expect(provider.get()).toBe(promises[0]);
    expect(provider.stats()).toMatchObject({ creationCount: 1, hits: 1, misses: 50, state: 'fresh' });
  });
});

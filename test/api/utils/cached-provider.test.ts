import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CachedProvider, CreateTimeoutError } from '../../../api/src/utils/cached-provider.ts';
import { CREATION_MS, filled, provide, seconds } from './support/slow-value.ts';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('empty', () => {
  test('creates once for any number of callers and hands all of them the same promise', async () => {
    const { create, provider } = provide();
    const promises = Array.from({ length: 50 }, () => provider.get());
    expect(new Set(promises).size).toBe(1);
    expect(provider.waiters).toBe(50);
    expect(provider.stats().state).toBe('creating');
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await promises[49]).toEqual({ id: 1 });
    expect(create).toHaveBeenCalledTimes(1);
    expect(provider.get()).toBe(promises[0]);
    expect(provider.stats()).toMatchObject({ creationCount: 1, hits: 1, misses: 50, state: 'fresh' });
    expect(provider.waiters).toBe(0);
  });

  test('says so, and looking changes nothing', () => {
    const { create, provider } = provide();
    expect(provider.peek()).toBeUndefined();
    expect(provider.stats()).toEqual({
      cached: false,
      ageSeconds: null,
      creationCount: 0,
      hits: 0,
      misses: 0,
      staleServes: 0,
      failures: 0,
      state: 'empty',
    });
    expect(create).not.toHaveBeenCalled();
  });

  test.each([
    { ttl: Number.NaN },
    { ttl: -1 },
    { staleFor: -1 },
    { refreshAhead: -0.1 },
    { refreshAhead: 1.5 },
    { createTimeout: 0 },
    { backoff: { initial: 5, max: 1 } },
  ])('refuses options that make no sense: %j', (options) => {
    expect(() => provide(options)).toThrow(RangeError);
  });

  test('takes a synchronous throw of create for a failure', async () => {
    const create = () => {
      throw new Error('at once');
    };
    const provider = new CachedProvider({ create, ttl: 100 });
    await expect(provider.get()).rejects.toThrow('at once');
    expect(provider.stats().state).toBe('backing-off');
  });
});

describe('fresh', () => {
  test('serves until the TTL, counted from the start of the creation', async () => {
    const { create, provider, value } = await filled({ ttl: 100 });
    await jest.advanceTimersByTimeAsync(seconds(100) - CREATION_MS - 1);
    expect(await provider.get()).toBe(value);
    expect(provider.stats().ageSeconds).toBeCloseTo(99.999);
    await jest.advanceTimersByTimeAsync(1);
    expect(provider.stats().state).toBe('expired');
    expect(provider.peek()).toBeUndefined();
    const next = provider.get();
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await next).toEqual({ id: 2 });
    expect(create).toHaveBeenCalledTimes(2);
  });

  test('is judged by each reader with a TTL of their own', async () => {
    const { create, provider, value } = await filled({ ttl: 100 });
    await jest.advanceTimersByTimeAsync(seconds(50));
    expect(await provider.get()).toBe(value);
    expect(await provider.get(200)).toBe(value);
    expect(provider.stats(30).state).toBe('expired');
    expect(create).toHaveBeenCalledTimes(1);
    const replacement = provider.get(30);
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await replacement).toEqual({ id: 2 });
    expect(await provider.get()).toEqual({ id: 2 });
  });

  test('is refreshed ahead of time, in the background, once', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(1);
    const { create, provider, value } = await filled({ ttl: 100, refreshAhead: 0.8 });
    await jest.advanceTimersByTimeAsync(seconds(84.9) - CREATION_MS);
    expect(await provider.get()).toBe(value);
    expect(create).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(seconds(0.2));
    expect(await provider.get()).toBe(value);
    expect(await provider.get()).toBe(value);
    expect(create).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await provider.get()).toEqual({ id: 2 });
    expect(provider.stats()).toMatchObject({ creationCount: 2, staleServes: 0, misses: 1, hits: 4 });
  });

  test('is refreshed behind a herd that comes at once, which waits for nothing of it', async () => {
    const { create, provider, value } = await filled({ ttl: 100, staleFor: 50 });
    await jest.advanceTimersByTimeAsync(seconds(120));
    const begun: number[] = [];
    const callers = Array.from({ length: 1000 }, async () => {
      const served = await provider.get();
      begun.push(create.mock.calls.length);
      return served;
    });
    expect(new Set(await Promise.all(callers))).toEqual(new Set([value]));
    expect(Math.max(...begun)).toBe(1);
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(create).toHaveBeenCalledTimes(2);
    expect(await provider.get()).toEqual({ id: 2 });
  });

  test('outlives a failed refresh, which is not tried again before the backoff ends', async () => {
    const { create, provider, value, fail } = await filled({ ttl: 100, refreshAhead: 0.5 });
    fail(true);
    await jest.advanceTimersByTimeAsync(seconds(70));
    expect(await provider.get()).toBe(value);
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    for (let call = 0; call < 10; call += 1) expect(await provider.get()).toBe(value);
    expect(create).toHaveBeenCalledTimes(2);
    fail(false);
    await jest.advanceTimersByTimeAsync(seconds(1));
    expect(await provider.get()).toBe(value);
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await provider.get()).toEqual({ id: 3 });
  });

  test('can be kept warm without a single call', async () => {
    const { create, provider } = await filled({ ttl: 100, refreshAhead: 0.5 });
    const before = provider.stats();
    provider.keepWarm();
    expect(create).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(seconds(70));
    provider.keepWarm();
    provider.keepWarm();
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(create).toHaveBeenCalledTimes(2);
    expect(provider.stats()).toMatchObject({ hits: before.hits, misses: before.misses, creationCount: 2 });
  });
});

describe('stale', () => {
  test('is served within the window while one refresh runs', async () => {
    const { create, provider, value } = await filled({ ttl: 100, staleFor: 50 });
    await jest.advanceTimersByTimeAsync(seconds(120));
    expect(provider.stats().state).toBe('stale');
    expect(provider.peek()).toBe(value);
    expect(await provider.get()).toBe(value);
    expect(await provider.get()).toBe(value);
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await provider.get()).toEqual({ id: 2 });
    expect(create).toHaveBeenCalledTimes(2);
    expect(provider.stats()).toMatchObject({ staleServes: 2, hits: 3, misses: 1 });
  });

  test('is as good as nothing beyond the window', async () => {
    const { provider } = await filled({ ttl: 100, staleFor: 50 });
    await jest.advanceTimersByTimeAsync(seconds(150) - CREATION_MS);
    const next = provider.get();
    expect(provider.stats().state).toBe('creating');
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await next).toEqual({ id: 2 });
  });

  test('is served while refreshing fails for a passing reason, but not for ever', async () => {
    const { provider, value, fail } = await filled({ ttl: 100, staleFor: 50 });
    fail(true);
    for (let elapsed = 100; elapsed < 148; elapsed += 4) {
      await jest.advanceTimersByTimeAsync(elapsed === 100 ? seconds(101) : seconds(4));
      expect(await provider.get()).toBe(value);
    }
    await jest.advanceTimersByTimeAsync(seconds(10));
    const late = expect(provider.get()).rejects.toThrow('creation failed');
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    await late;
  });

  test('is dropped at once by a fatal failure', async () => {
    const { provider, value, fail } = await filled({ ttl: 100, staleFor: 50, isFatal: () => true });
    fail(true);
    await jest.advanceTimersByTimeAsync(seconds(120));
    expect(await provider.get()).toBe(value);
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(provider.peek()).toBeUndefined();
    await expect(provider.get()).rejects.toThrow('creation failed');
  });
});

describe('backing off', () => {
  test('reaches every waiter, then fails calls at once with the last error, then lets one probe through', async () => {
    const { create, provider, fail } = provide();
    fail(true);
    const calls = [provider.get(), provider.get(), provider.get()];
    const outcomes = Promise.allSettled(calls);
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(provider.get()).rejects.toThrow('creation failed');
    expect(provider.stats()).toMatchObject({
      state: 'backing-off',
      failures: 1,
      creationCount: 0,
      misses: 4,
    });
    expect(provider.backoffSeconds).toBeGreaterThan(0);
    expect(create).toHaveBeenCalledTimes(1);
    fail(false);
    await jest.advanceTimersByTimeAsync(seconds(1));
    const probes = [provider.get(), provider.get()];
    expect(create).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await Promise.all(probes)).toEqual([{ id: 2 }, { id: 2 }]);
    expect(provider.backoffSeconds).toBe(0);
  });

  test('doubles, with jitter, up to its maximum, and starts over after a success', async () => {
    const { provider, fail } = provide({ backoff: { initial: 1, max: 8 } });
    const failOnce = async () => {
      provider.get().catch(() => {});
      await jest.advanceTimersByTimeAsync(CREATION_MS);
      const delay = provider.backoffSeconds;
      await jest.advanceTimersByTimeAsync(Math.ceil(seconds(delay)));
      return delay;
    };
    fail(true);
    for (const ceiling of [1, 2, 4, 8, 8]) {
      const delay = await failOnce();
      expect(delay).toBeLessThanOrEqual(ceiling);
      expect(delay).toBeGreaterThanOrEqual(ceiling * 0.75);
    }
    fail(false);
    provider.get().catch(() => {});
    await jest.advanceTimersByTimeAsync(CREATION_MS + seconds(100));
    fail(true);
    expect(await failOnce()).toBeLessThanOrEqual(1);
  });

  test('lasts as long as the failure asks for, and tells callers how long', async () => {
    const { provider, fail } = provide({
      retryAfter: () => 30,
      toCallerError: (error, retryInSeconds) =>
        new Error(`wait ${Math.ceil(retryInSeconds)}`, { cause: error }),
    });
    fail(true);
    const first = expect(provider.get()).rejects.toThrow('wait 30');
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    await first;
    await jest.advanceTimersByTimeAsync(seconds(20));
    await expect(provider.get()).rejects.toThrow('wait 10');
  });

  test('ends with an invalidation', async () => {
    const { create, provider, fail } = provide();
    fail(true);
    provider.get().catch(() => {});
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    provider.invalidate();
    expect(provider.stats().state).toBe('empty');
    fail(false);
    const next = provider.get();
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await next).toEqual({ id: 2 });
    expect(create).toHaveBeenCalledTimes(2);
  });
});

describe('invalidation', () => {
  test('drops the value', async () => {
    const { provider, value } = await filled();
    provider.invalidate();
    expect(provider.peek()).toBeUndefined();
    const next = provider.get();
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await next).not.toBe(value);
  });

  test('aborts the creation under way and moves its waiters to a new one at once', async () => {
    const { create, provider } = provide();
    const waiting = provider.get();
    await jest.advanceTimersByTimeAsync(CREATION_MS / 2);
    provider.invalidate();
    expect(create).toHaveBeenCalledTimes(2);
    expect(create.mock.calls[0]?.[0].signal.aborted).toBe(true);
    expect(create.mock.calls[1]?.[0].signal.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await waiting).toEqual({ id: 2 });
    expect(provider.peek()).toEqual({ id: 2 });
    expect(provider.stats().creationCount).toBe(1);
  });

  test('of a refresh that nobody waits for starts nothing', async () => {
    const { create, provider } = await filled({ ttl: 100, staleFor: 50 });
    await jest.advanceTimersByTimeAsync(seconds(120));
    await provider.get();
    await jest.advanceTimersByTimeAsync(0);
    provider.invalidate();
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(create).toHaveBeenCalledTimes(2);
    expect(provider.stats()).toMatchObject({ state: 'empty', creationCount: 1 });
  });

  test('of a refresh that has not begun has none begin', async () => {
    const { create, provider } = await filled({ ttl: 100, staleFor: 50 });
    await jest.advanceTimersByTimeAsync(seconds(120));
    const served = provider.get();
    provider.invalidate();
    await served;
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(create).toHaveBeenCalledTimes(1);
    expect(provider.stats()).toMatchObject({ state: 'empty', hits: expect.any(Number) });
    expect(provider.isCreating).toBe(false);
  });

  test('of one value spares its successor', async () => {
    const { provider, value } = await filled();
    expect(provider.discard(value)).toBe(true);
    expect(provider.discard(value)).toBe(false);
    const next = provider.get();
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    await next;
    expect(provider.discard(value)).toBe(false);
    expect(provider.peek()).toEqual({ id: 2 });
  });
});

test('undefined is a value like any other', async () => {
  const create = jest.fn(async () => undefined);
  const provider = new CachedProvider({ create, ttl: 100 });
  expect(provider.discard(undefined)).toBe(false);
  await provider.get();
  await provider.get();
  expect(create).toHaveBeenCalledTimes(1);
  expect(provider.stats()).toMatchObject({ cached: true, state: 'fresh' });
  expect(provider.discard(undefined)).toBe(true);
});

describe('deadline and patience', () => {
  test('a creation that ignores its signal still times out, and what it yields later is void', async () => {
    const { create, provider } = provide({ createTimeout: 0.1 });
    const call = expect(provider.get()).rejects.toBeInstanceOf(CreateTimeoutError);
    await jest.advanceTimersByTimeAsync(100);
    await call;
    expect(create.mock.calls[0]?.[0].signal.aborted).toBe(true);
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(provider.peek()).toBeUndefined();
    expect(provider.stats()).toMatchObject({ failures: 1, creationCount: 0 });
  });

  test('leaves no timer behind', async () => {
    const { provider } = await filled();
    await provider.get();
    provider.invalidate();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('a caller that gives up rejects alone', async () => {
    const { provider } = provide();
    const impatience = new AbortController();
    const patient = provider.get();
    const impatient = provider.get(100, impatience.signal);
    expect(provider.waiters).toBe(2);
    impatience.abort(new Error('enough'));
    await expect(impatient).rejects.toThrow('enough');
    expect(provider.waiters).toBe(1);
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await patient).toEqual({ id: 1 });
  });

  test('a caller that gave up before starts nothing', async () => {
    const { create, provider } = provide();
    await expect(provider.get(100, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    expect(create).not.toHaveBeenCalled();
  });
});

describe("a value's own expiry", () => {
  test('ends its life before the TTL and the stale window do', async () => {
    const expiresAt = () => new Date(Date.now() + seconds(10));
    const { provider, value } = await filled({ ttl: 100, staleFor: 100, expiresAt });
    await jest.advanceTimersByTimeAsync(seconds(9));
    expect(await provider.get()).toBe(value);
    await jest.advanceTimersByTimeAsync(seconds(1));
    expect(provider.peek()).toBeUndefined();
    const next = provider.get();
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await next).toEqual({ id: 2 });
  });

  test('is not believed when it has passed already, lest every call creates', async () => {
    const { create, provider } = await filled({ expiresAt: () => new Date(Date.now() - 1) });
    await provider.get();
    expect(create).toHaveBeenCalledTimes(1);
  });
});

describe('events', () => {
  test('tell the story of a value, each retired once', async () => {
    const story: string[] = [];
    const { provider, fail } = provide({
      ttl: 100,
      onEvent: (event) => {
        story.push('cause' in event ? `${event.type} ${event.cause}` : event.type);
      },
    });
    const get = async () => {
      const call = provider.get().catch(() => {});
      await jest.advanceTimersByTimeAsync(CREATION_MS);
      await call;
    };
    await get();
    await jest.advanceTimersByTimeAsync(seconds(100));
    await get();
    provider.invalidate();
    fail(true);
    await get();
    const firstLife = ['creating cold', 'created cold'];
    const secondLife = ['expired', 'creating refresh', 'created refresh', 'retired'];
    const afterwards = ['invalidated', 'retired', 'creating invalidate', 'failed invalidate'];
    expect(story).toEqual(firstLife.concat(secondLife, afterwards));
  });

  test('a listener, or any other callback, that throws breaks nothing', async () => {
    const broken = () => {
      throw new Error('broken callback');
    };
    const callbacks = { onEvent: broken, expiresAt: broken, isFatal: broken, retryAfter: broken };
    const { provider, fail } = provide({ ...callbacks, toCallerError: broken });
    const first = provider.get();
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await first).toEqual({ id: 1 });
    provider.invalidate();
    fail(true);
    const second = expect(provider.get()).rejects.toThrow('creation failed');
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    await second;
  });
});

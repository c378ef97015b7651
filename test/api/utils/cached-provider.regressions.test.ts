import { AsyncLocalStorage } from 'node:async_hooks';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CachedProvider } from '../../../api/src/utils/cached-provider.ts';
import { CREATION_MS, filled, provide, seconds } from './support/slow-value.ts';

// Faults that other caches have shipped.

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

test('a failed creation is not kept for ever', async () => {
  const { provider, fail } = provide();
  fail(true);
  provider.get().catch(() => {});
  await jest.advanceTimersByTimeAsync(CREATION_MS);
  fail(false);
  await jest.advanceTimersByTimeAsync(seconds(1));
  const next = provider.get();
  await jest.advanceTimersByTimeAsync(CREATION_MS);
  expect(await next).toEqual({ id: 2 });
});

describe('a herd makes one creation', () => {
  test('at expiry', async () => {
    const { create, provider } = await filled({ ttl: 100 });
    await jest.advanceTimersByTimeAsync(seconds(100));
    const herd = Promise.all(Array.from({ length: 1000 }, () => provider.get()));
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    await herd;
    expect(create).toHaveBeenCalledTimes(2);
  });

  test('when that creation fails', async () => {
    const { create, provider, fail } = provide();
    fail(true);
    // Each comes back at once when refused, as clients do.
    const persistent = async () => {
      await provider.get().catch(() => {});
      await provider.get().catch(() => {});
    };
    const herd = Promise.all(Array.from({ length: 1000 }, persistent));
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    await herd;
    expect(create).toHaveBeenCalledTimes(1);
  });
});

test('an invalidation is not undone by the creation that it met on the way', async () => {
  const { create, provider } = await filled({ ttl: 100, staleFor: 50 });
  await jest.advanceTimersByTimeAsync(seconds(120));
  await provider.get();
  await jest.advanceTimersByTimeAsync(0);
  provider.invalidate();
  const next = provider.get();
  await jest.advanceTimersByTimeAsync(CREATION_MS);
  expect(await next).toEqual({ id: 3 });
  expect(provider.peek()).toEqual({ id: 3 });
  expect(create).toHaveBeenCalledTimes(3);
});

test('a failed refresh in the background does not end the process, nor do timers keep it alive', () => {
  const script = `
    import { CachedProvider } from './api/src/utils/cached-provider.ts';
    let creations = 0;
    const create = async () => {
      creations += 1;
      if (creations > 1) throw new Error('creation failed');
      return {};
    };
    const failing = new CachedProvider({ create, ttl: 0, staleFor: 1000 });
    await failing.get();
    await failing.get();
    const hanging = new CachedProvider({ create: () => new Promise(() => {}), ttl: 1, createTimeout: 1000 });
    void hanging.get();
    process.on('exit', () => console.log(creations));
  `;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { cwd: fileURLToPath(new URL('../../..', import.meta.url)), encoding: 'utf8', timeout: 600_000 },
  );
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '2\n', stderr: '' });
});

test('a failing refresh neither hammers nor gives up', async () => {
  const { create, provider, fail } = await filled({
    ttl: 100,
    staleFor: 1000,
    backoff: { initial: 1, max: 8 },
  });
  fail(true);
  await jest.advanceTimersByTimeAsync(seconds(100));
  for (let call = 0; call < 600; call += 1) {
    await provider.get();
    await jest.advanceTimersByTimeAsync(100);
  }
  const attempts = create.mock.calls.length - 1;
  // A minute of waits of 1, 2, 4 and then 8 seconds, each a quarter shorter at most, and 0.4 s for each attempt.
  expect(attempts).toBeGreaterThanOrEqual(8);
  expect(attempts).toBeLessThanOrEqual(13);
  fail(false);
  await jest.advanceTimersByTimeAsync(seconds(8));
  await provider.get();
  await jest.advanceTimersByTimeAsync(CREATION_MS);
  expect(provider.stats().state).toBe('fresh');
});

test('a value that is replaced is let go of, not closed under its holders', async () => {
  const close = jest.fn();
  const create = async () => ({ close, end: close, destroy: close, [Symbol.dispose]: close });
  const provider = new CachedProvider({ create, ttl: 100 });
  await provider.get();
  await jest.advanceTimersByTimeAsync(seconds(100));
  await provider.get();
  provider.invalidate();
  expect(close).not.toHaveBeenCalled();
});

test('the TTL of the first reader does not bind the second', async () => {
  const { provider } = await filled({ ttl: 3600 });
  await jest.advanceTimersByTimeAsync(seconds(1800));
  expect(await provider.get(3600)).toEqual({ id: 1 });
  const task = provider.get(1800);
  await jest.advanceTimersByTimeAsync(CREATION_MS);
  expect(await task).toEqual({ id: 2 });
});

test("nothing runs in the first caller's async context", async () => {
  const requests = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  const note = () => seen.push(requests.getStore());
  const create = async ({ signal }: { signal: AbortSignal }) => {
    note();
    signal.addEventListener('abort', note);
    await new Promise((resolve) => setTimeout(resolve, CREATION_MS));
    note();
    return {};
  };
  const provider = new CachedProvider({ create, ttl: 100, staleFor: 50, createTimeout: 1, onEvent: note });
  requests.run('first request', () => void provider.get());
  await jest.advanceTimersByTimeAsync(CREATION_MS);
  await jest.advanceTimersByTimeAsync(seconds(120));
  requests.run('second request', () => void provider.get());
  await jest.advanceTimersByTimeAsync(seconds(2));
  expect(seen.length).toBeGreaterThan(6);
  expect(seen.every((store) => store === undefined)).toBe(true);
});

describe('neither clock alone is trusted with the age', () => {
  test('hours asleep count', async () => {
    const { provider } = await filled({ ttl: 100 });
    jest.setSystemTime(Date.now() + seconds(101));
    expect(provider.stats()).toMatchObject({ state: 'expired' });
    const next = provider.get();
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    expect(await next).toEqual({ id: 2 });
  });

  test('a wall clock set back makes nothing younger', async () => {
    const { provider } = await filled({ ttl: 100 });
    await jest.advanceTimersByTimeAsync(seconds(60));
    jest.setSystemTime(Date.now() - seconds(3600));
    expect(provider.stats().ageSeconds).toBeCloseTo(60.4);
    await jest.advanceTimersByTimeAsync(seconds(40));
    expect(provider.stats()).toMatchObject({ state: 'expired' });
  });

  test('a wall clock set back does not stretch a backoff', async () => {
    const { create, provider, fail } = provide();
    fail(true);
    provider.get().catch(() => {});
    await jest.advanceTimersByTimeAsync(CREATION_MS);
    jest.setSystemTime(Date.now() - seconds(3600));
    await jest.advanceTimersByTimeAsync(seconds(1));
    provider.get().catch(() => {});
    expect(create).toHaveBeenCalledTimes(2);
  });
});

describe('a callback that uses the cache while a value is taken in', () => {
  const made = (expiresAt: (provider: () => CachedProvider<object>) => void) => {
    const create = jest.fn(() => Promise.resolve({}));
    const provider: CachedProvider<object> = new CachedProvider({
      create,
      ttl: 100,
      expiresAt: () => {
        if (create.mock.calls.length === 1) expiresAt(() => provider);
        return undefined;
      },
    });
    return { create, provider };
  };

  test('and asks for it joins those who wait', async () => {
    const asked: Promise<object>[] = [];
    const { create, provider } = made((its) => asked.push(its().get()));
    const value = await provider.get();
    expect(await asked[0]).toBe(value);
    expect(create).toHaveBeenCalledTimes(1);
  });

  test('and drops it has another one made', async () => {
    const { create, provider } = made((its) => its().invalidate());
    const value = await provider.get();
    expect(create).toHaveBeenCalledTimes(2);
    expect(provider.peek()).toBe(value);
  });
});

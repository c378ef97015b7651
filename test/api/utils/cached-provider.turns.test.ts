import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, jest, test } from '@jest/globals';
import { CachedProvider } from '../../../api/src/utils/cached-provider.ts';
import { loadProvider } from './support/load-mutant.ts';

// On the platform's own clocks, where hits of one turn of the event loop share one look at them.

afterEach(() => {
  jest.restoreAllMocks();
});

const HOUR_MS = 3_600_000;

function provide(Provider: typeof CachedProvider, ttl: number) {
  const create = jest.fn(async () => ({}));
  return { create, provider: new Provider({ create, ttl }) };
}

/** The value, after hits close enough together that the rest of this turn's pass without a look. */
async function filled(ttl = 100, Provider = CachedProvider) {
  const { create, provider } = provide(Provider, ttl);
  for (let hit = 0; hit < 10; hit += 1) await provider.get();
  const value = await provider.get();
  return { create, provider, value };
}

test('hits of one turn are the same promise, and are counted', async () => {
  const { create, provider } = await filled();
  const { hits } = provider.stats();
  const promises = new Set(Array.from({ length: 5000 }, () => provider.get()));
  expect(promises.size).toBe(1);
  expect(provider.stats().hits).toBe(hits + 5000);
  expect(create).toHaveBeenCalledTimes(1);
});

test('an invalidation is seen by the very next call', async () => {
  const { provider, value } = await filled();
  provider.invalidate();
  expect(await provider.get()).not.toBe(value);
});

test('a reader with a shorter TTL is not served on the word of one with a longer', async () => {
  const { provider, value } = await filled();
  await sleep(2);
  expect(await provider.get()).toBe(value);
  expect(await provider.get(0.001)).not.toBe(value);
});

test('a value that expires is not served in a later turn', async () => {
  const { provider, value } = await filled(0.02);
  await sleep(25);
  expect(await provider.get()).not.toBe(value);
});

test('nor in the same turn, when that blocks for longer than the value lasts', async () => {
  const { provider, value } = await filled(0.02);
  const end = performance.now() + 25;
  while (performance.now() < end);
  expect(await provider.get()).not.toBe(value);
});

test('nor for long in a turn that does not end', async () => {
  const { create, provider } = await filled(0.02);
  // Bounded by hits and not by time, of which a busy machine may give this process next to none.
  for (let hits = 0; hits < 10_000_000 && create.mock.calls.length === 1; hits++) await provider.get();
  expect(create.mock.calls.length).toBeGreaterThan(1);
});

test.each([
  { clock: Date, name: 'wall' },
  { clock: performance, name: 'monotonic' },
])('a $name clock that is replaced in mid-turn is read at once', async ({ clock }) => {
  const { provider, value } = await filled();
  const later = clock.now() + HOUR_MS;
  jest.spyOn(clock, 'now').mockReturnValue(later);
  expect(await provider.get()).not.toBe(value);
});

test('a clock replaced before the module was loaded is not taken for the real one', async () => {
  let wall = Date.now();
  jest.spyOn(Date, 'now').mockImplementation(() => wall);
  const { provider, value } = await filled(100, await loadProvider());
  wall += HOUR_MS;
  expect(await provider.get()).not.toBe(value);
});

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  AgentUnavailableError,
  GraphTokenError,
  GraphTransientError,
} from '../../../api/src/agents/graph-errors.ts';
import { registry } from '../../../api/src/observability/prometheus.ts';
import {
  type AgentCacheOptions,
  configureAgentCache,
  getCachedAgentProvider,
  getFacebookAgent,
  stopAgentCache,
  warmUpAgentCache,
} from '../../../api/src/utils/agent-cache.ts';
import { agentWorld, CREATION_MS, pass, SETTINGS } from './support/agent-world.ts';

let world: ReturnType<typeof agentWorld>;

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  world.stop();
  jest.useRealTimers();
});

function begin(options?: AgentCacheOptions, level?: string) {
  world = agentWorld(options, level);
}

async function firstAgent() {
  const agent = getFacebookAgent();
  await pass(CREATION_MS);
  return agent;
}

async function metric(name: string): Promise<number> {
  const line = (await registry.metrics()).split('\n').find((text) => text.startsWith(`${name} `));
  return Number(line?.split(' ')[1]);
}

describe('stats', () => {
  test('of a cache that was never used', () => {
    begin();
    expect(getCachedAgentProvider().getStats()).toEqual({
      cached: false,
      cache_age_seconds: null,
      cache_ttl_seconds: 3600,
      is_valid: false,
      creation_count: 0,
    });
    expect(world.createAgent).not.toHaveBeenCalled();
  });

  test("tell each reader's own view of the one agent", async () => {
    begin();
    const api = getCachedAgentProvider();
    const tasks = getCachedAgentProvider({ cacheTtl: 1800 });
    const agent = await firstAgent();
    await pass(2_000_000 - CREATION_MS);
    expect(await api.getAgent()).toBe(agent);
    const common = { cached: true, cache_age_seconds: 2000, creation_count: 1 };
    expect(api.getStats()).toEqual({ ...common, cache_ttl_seconds: 3600, is_valid: true });
    expect(tasks.getStats()).toEqual({ ...common, cache_ttl_seconds: 1800, is_valid: false });
    const renewed = tasks.getAgent();
    await pass(CREATION_MS);
    expect(await renewed).not.toBe(agent);
    expect(await getFacebookAgent()).toBe(await renewed);
    expect(api.getStats()).toMatchObject({ creation_count: 2, is_valid: true });
  });

  test.each([-1, Number.NaN])('a TTL of %p is refused', (cacheTtl) => {
    begin();
    expect(() => getCachedAgentProvider({ cacheTtl })).toThrow(RangeError);
  });
});

describe('log lines', () => {
  test('tell the life of an agent', async () => {
    begin({}, 'debug');
    await firstAgent();
    await pass(245_100 - CREATION_MS);
    await getFacebookAgent();
    await pass(3_601_200 - 245_100);
    await firstAgent();
    getCachedAgentProvider().invalidateCache();
    expect(world.lines()).toEqual([
      'INFO Creating new FacebookAdsAgent instance',
      expect.stringMatching(/^INFO FacebookAdsAgent created successfully \(took 412\.0ms, count: 1\)$/),
      expect.stringMatching(/^DEBUG Returning cached FacebookAdsAgent \(age: 245\.1s, ttl: 3600s\)$/),
      expect.stringMatching(
        /^INFO FacebookAdsAgent cache expired \(age: 3601\.2s > ttl: 3600s\), creating new instance$/,
      ),
      'INFO Creating new FacebookAdsAgent instance',
      expect.stringMatching(/^INFO FacebookAdsAgent created successfully \(took 412\.0ms, count: 2\)$/),
      'INFO Manually invalidating FacebookAdsAgent cache',
    ]);
  });

  test('of hits are debug lines', async () => {
    begin();
    await firstAgent();
    const before = world.lines().length;
    await getFacebookAgent();
    expect(world.lines()).toHaveLength(before);
  });

  test('of a failure give the reason, and the time of the next try', async () => {
    begin();
    world.fail(new AgentUnavailableError({ cause: new GraphTransientError({ code: 2 }) }));
    firstAgent().catch(() => {});
    await pass(CREATION_MS);
    expect(world.lines().at(-1)).toMatch(
      /^ERROR Failed to create FacebookAdsAgent: Facebook failed to answer; try again retry_in_seconds=\d/,
    );
  });
});

describe('failures', () => {
  test('reach every caller as 503 with the true time of the next try', async () => {
    begin({ backoff: { initial: 20, max: 60 } });
    const cause = new GraphTransientError({ code: 2 });
    world.fail(new AgentUnavailableError({ cause }));
    const calls = [getFacebookAgent(), getFacebookAgent()];
    const outcomes = Promise.allSettled(calls);
    await pass(CREATION_MS);
    for (const outcome of await outcomes) {
      const error = outcome.status === 'rejected' && outcome.reason;
      expect(error).toBeInstanceOf(AgentUnavailableError);
      expect(error).toMatchObject({ status: 503, message: 'Facebook API unavailable', cause });
      expect(Number(error.headers['Retry-After'])).toBeGreaterThanOrEqual(15);
      expect(Number(error.headers['Retry-After'])).toBeLessThanOrEqual(20);
    }
    await pass(10_000);
    const later = await getFacebookAgent().catch((error) => error);
    expect(Number(later.headers['Retry-After'])).toBeLessThanOrEqual(10);
    expect(world.createAgent).toHaveBeenCalledTimes(1);
    world.fail(undefined);
    await pass(Number(later.headers['Retry-After']) * 1000);
    expect(await firstAgent()).toBeDefined();
  });

  test('of any kind are told alike, a deadline too', async () => {
    begin({ createTimeout: 0.1 });
    const call = getFacebookAgent().catch((error) => error);
    await pass(100);
    expect(await call).toBeInstanceOf(AgentUnavailableError);
  });

  test('a stale agent is served through a passing one, not when the token is refused', async () => {
    begin({ staleFor: 300 });
    const agent = await firstAgent();
    world.fail(new AgentUnavailableError({ cause: new GraphTransientError({ code: 2 }) }));
    await pass(3_650_000);
    expect(await getFacebookAgent()).toBe(agent);
    await pass(CREATION_MS);
    expect(await getFacebookAgent()).toBe(agent);
    world.fail(new AgentUnavailableError({ cause: new GraphTokenError({ code: 190 }) }));
    await pass(2000);
    expect(await getFacebookAgent()).toBe(agent);
    await pass(CREATION_MS);
    await expect(getFacebookAgent()).rejects.toBeInstanceOf(AgentUnavailableError);
    expect(getCachedAgentProvider().getStats().cached).toBe(false);
  });

  test('a token refused in use drops the agent at once, and once', async () => {
    begin();
    await firstAgent();
    const refuse = world.createAgent.mock.calls[0]?.[1].onCredentialRefused;
    refuse?.();
    expect(getCachedAgentProvider().getStats().cached).toBe(false);
    const next = await firstAgent();
    refuse?.();
    expect(await getFacebookAgent()).toBe(next);
    expect(world.lines().filter((line) => line.startsWith('WARN Facebook refused the token'))).toHaveLength(
      1,
    );
  });

  test('settings that are missing are an agent that cannot be had', async () => {
    begin({ settings: undefined });
    await expect(getFacebookAgent()).rejects.toBeInstanceOf(AgentUnavailableError);
    await expect(getFacebookAgent({ adAccountId: '1' })).rejects.toBeInstanceOf(AgentUnavailableError);
  });
});

describe('other credentials', () => {
  test('have an agent of their own, shared by those who name the same', async () => {
    begin();
    const own = await firstAgent();
    const calls = [
      getFacebookAgent({ adAccountId: '7' }),
      getFacebookAgent({ adAccountId: 'act_7' }),
      getCachedAgentProvider({ adAccountId: '7', cacheTtl: 60 }).getAgent(),
    ];
    await pass(CREATION_MS);
    const others = new Set(await Promise.all(calls));
    expect(others.size).toBe(1);
    expect(others.has(own)).toBe(false);
    expect(world.createAgent.mock.calls.map(([settings]) => settings.adAccountId)).toEqual([
      SETTINGS.adAccountId,
      '7',
    ]);
    expect(await getFacebookAgent({ adAccountId: `act_${SETTINGS.adAccountId}` })).toBe(own);
    expect(getCachedAgentProvider({ adAccountId: '7' }).getStats().creation_count).toBe(1);
    getCachedAgentProvider({ adAccountId: '7' }).invalidateCache();
    expect(getCachedAgentProvider({ adAccountId: '7' }).getStats().cached).toBe(false);
    expect(await getFacebookAgent()).toBe(own);
  });

  test('that the environment has come to name are not those of the agent that it named before', async () => {
    const saved = { ...process.env };
    const configure = (token: string) => {
      process.env.FACEBOOK_ACCESS_TOKEN = token;
    };
    try {
      process.env.FACEBOOK_AD_ACCOUNT_ID = SETTINGS.adAccountId;
      process.env.FACEBOOK_APP_ID = SETTINGS.appId;
      process.env.FACEBOOK_APP_SECRET = SETTINGS.appSecret;
      configure('test-token-one-not-real');
      begin({ settings: undefined });
      const first = await firstAgent();
      expect(await getFacebookAgent({ accessToken: 'test-token-one-not-real' })).toBe(first);
      configure('test-token-two-not-real');
      const second = getFacebookAgent({ accessToken: 'test-token-two-not-real' });
      await pass(CREATION_MS);
      expect(await second).not.toBe(first);
      expect(await getFacebookAgent()).toBe(await second);
      const tokens = world.createAgent.mock.calls.map(([settings]) => settings.accessToken);
      expect(tokens).toEqual(['test-token-one-not-real', 'test-token-two-not-real']);
    } finally {
      process.env = saved;
    }
  });

  test('are invalidated with all the rest', async () => {
    begin();
    await firstAgent();
    const before = getFacebookAgent({ adAccountId: '7' });
    await pass(CREATION_MS);
    getCachedAgentProvider().invalidateCache();
    const after = getFacebookAgent({ adAccountId: '7' });
    await pass(CREATION_MS);
    expect(await after).not.toBe(await before);
  });

  test('are kept in a bounded number, the least recently used leaving first', async () => {
    begin({ maxEntries: 2 });
    const agentOf = async (adAccountId: string) => {
      const agent = getFacebookAgent({ adAccountId });
      await pass(CREATION_MS);
      return agent;
    };
    const first = await agentOf('1');
    const second = await agentOf('2');
    expect(await getFacebookAgent({ adAccountId: '1' })).toBe(first);
    await agentOf('3');
    expect(await getFacebookAgent({ adAccountId: '1' })).toBe(first);
    expect(await agentOf('2')).not.toBe(second);
    expect(await metric('facebook_agent_cache_entries')).toBe(3);
  });

  test('whose agent is being made are not pushed out', async () => {
    begin({ maxEntries: 1 });
    const calls = ['1', '2', '3'].map((adAccountId) => getFacebookAgent({ adAccountId }));
    const again = getFacebookAgent({ adAccountId: '1' });
    await pass(CREATION_MS);
    expect(await again).toBe(await calls[0]);
    expect(world.createAgent).toHaveBeenCalledTimes(3);
  });
});

describe('warming', () => {
  test('makes the agent before the first caller, and says how it went', async () => {
    begin();
    world.fail(new Error('down'));
    const failed = warmUpAgentCache();
    await pass(CREATION_MS);
    expect(await failed).toBe(false);
    world.fail(undefined);
    await pass(1000);
    const warm = warmUpAgentCache();
    await pass(CREATION_MS);
    expect(await warm).toBe(true);
  });

  test('once begun keeps the agent fresh through a night without callers', async () => {
    begin({ keepWarm: true });
    const warm = warmUpAgentCache();
    await pass(CREATION_MS);
    await warm;
    for (let hour = 0; hour < 8; hour += 1) {
      await pass(3_600_000);
      expect(getCachedAgentProvider().getStats().is_valid).toBe(true);
    }
    const made = world.createAgent.mock.calls.length;
    stopAgentCache();
    await pass(8 * 3_600_000);
    expect(world.createAgent).toHaveBeenCalledTimes(made);
  });
});

test('a TTL beyond what a timer can wait does not make the keep-warm timer spin', async () => {
  begin({ keepWarm: true, ttl: Number.MAX_SAFE_INTEGER });
  const spun = jest.spyOn(globalThis, 'setInterval');
  const warm = warmUpAgentCache();
  await pass(CREATION_MS);
  await warm;
  expect(spun.mock.calls[0]?.[1]).toBeLessThan(2 ** 31);
});

describe('metrics', () => {
  test('count calls and creations, read when they are asked for', async () => {
    begin({ staleFor: 300 });
    const names = {
      hits: 'facebook_agent_cache_hits_total',
      misses: 'facebook_agent_cache_misses_total',
      stale: 'facebook_agent_cache_stale_serves_total',
      failures: 'facebook_agent_creation_failures_total',
      milliseconds: 'facebook_agent_creation_time_ms_count',
      seconds: 'facebook_agent_creation_duration_seconds_count',
      cold: 'facebook_agent_creations_total{cause="cold"}',
      refresh: 'facebook_agent_creations_total{cause="refresh"}',
      invalidate: 'facebook_agent_creations_total{cause="invalidate"}',
    };
    const read = () => Promise.all(Object.values(names).map(metric));
    const before = await read();
    const waiting = firstAgent();
    expect(await metric('facebook_agent_cache_waiters')).toBe(1);
    await waiting;
    await getFacebookAgent();
    expect(await metric('facebook_agent_cache_age_seconds')).toBeCloseTo(CREATION_MS / 1000, 1);
    await pass(3_650_000);
    await getFacebookAgent();
    await pass(CREATION_MS);
    getCachedAgentProvider().invalidateCache();
    expect(await metric('facebook_agent_cache_age_seconds')).toBeNaN();
    world.fail(new Error('down'));
    firstAgent().catch(() => {});
    await pass(CREATION_MS);
    expect(await metric('facebook_agent_cache_backoff_seconds')).toBeGreaterThan(0);
    const after = await read();
    const growth = Object.keys(names).map((name, at) => [name, (after[at] ?? 0) - (before[at] ?? 0)]);
    expect(Object.fromEntries(growth)).toEqual({
      hits: 2,
      misses: 2,
      stale: 1,
      failures: 1,
      milliseconds: 2,
      seconds: 2,
      cold: 1,
      refresh: 1,
      invalidate: 1,
    });
  });

  test('keep their totals when the cache is configured anew', async () => {
    begin();
    await firstAgent();
    const misses = await metric('facebook_agent_cache_misses_total');
    configureAgentCache({ settings: SETTINGS });
    expect(await metric('facebook_agent_cache_misses_total')).toBe(misses);
  });
});

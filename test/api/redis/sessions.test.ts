import { deeply } from '../../support/depth.ts';
import type { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import { RedisLink } from '../../../api/src/redis/redis-link.ts';
import { createSessionSeal } from '../../../api/src/redis/session-seal.ts';
import { SessionStore } from '../../../api/src/redis/session-store.ts';
import { type ShareSessionsOptions, shareSessions } from '../../../api/src/redis/share-sessions.ts';
import {
  configureAgentCache,
  getCachedAgentProvider,
  getFacebookAgent,
} from '../../../api/src/utils/agent-cache.ts';
import { connectAgent } from '../../../api/src/utils/agent-cache-settings.ts';
import { eventually } from '../../support/eventually.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';
import { describeWithRedis, type RedisServer, startRedis } from '../../support/redis.ts';
import { killScripts } from '../../support/server-process.ts';
import { startMembers } from './fleet-process.ts';

const TTL = 600;

describeWithRedis('validated sessions in Redis', () => {
  let logs: LogCapture;
  let graph: GraphServer;
  let redis: RedisServer;
  let links: RedisLink[] = [];

  beforeAll(async () => {
    logs = captureLogs();
    [graph, redis] = await Promise.all([startGraphServer(), startRedis()]);
  });
  beforeEach(async () => {
    await redis.client.flushall();
    graph.journal.clear();
  });
  afterEach(() => {
    configureAgentCache({});
    graph.faults.clear();
    graph.tokens.restore('brl');
    for (const link of links) link.stop();
    links = [];
  });
  afterAll(async () => {
    await killScripts();
    await Promise.all([graph.close(), redis.stop()]);
    logs.stop();
  });

  /** What one process makes its agents with. */
  async function creator(options: Partial<ShareSessionsOptions> = {}, timeoutSeconds = 2) {
    const link = new RedisLink({ url: redis.url, prefix: 't', timeoutSeconds, pollSeconds: 30 });
    links.push(link);
    link.start();
    await eventually('connected', () => link.up);
    const all = { ttl: TTL, settled: () => link.settled(), ...options };
    const create = shareSessions(connectAgent, new SessionStore(link), all);
    const refusals: number[] = [];
    return {
      create,
      refusals,
      make: (signal = new AbortController().signal) =>
        create(graph.settings, { signal, onCredentialRefused: () => refusals.push(1) }),
    };
  }

  const digest = () => createSessionSeal(graph.settings).digest;
  const sessionKey = () => `t:{agent}:session:${digest()}`;
  const lockKey = () => `t:{agent}:lock:${digest()}`;
  const settle = () => eventually('unlocked', async () => (await redis.client.exists(lockKey())) === 0);

  test('eight who begin at once validate once, and all get an agent that works', async () => {
    // However long a busy machine takes for it.
    const creators = await Promise.all(
      Array.from({ length: 8 }, () => creator({ lock: 300, patience: 300 }, 300)),
    );
    const agents = await Promise.all(creators.map(({ make }) => make()));
    expect(graph.journal.validations()).toBe(1);
    expect(graph.journal.count('account')).toBe(1);
    expect(new Set(agents).size).toBe(8);
    for (const agent of agents) expect(agent.account).toEqual(agents[0]?.account);
    expect(agents[0]?.account?.id).toBe(`act_${graph.settings.adAccountId}`);
    const [first] = (await agents[7]?.getCampaigns(undefined, 1)) ?? [];
    expect(first?.id).toMatch(/^\d+$/);
    expect(graph.journal.validations()).toBe(1);
  });

  test('hold nothing that can be read, and no others than their owner can open them', async () => {
    const agent = await (await creator()).make();
    await settle();
    const fields = await redis.client.hgetallBuffer(sessionKey());
    const kept = Buffer.concat([Buffer.from(sessionKey()), ...Object.values(fields)]).toString('latin1');
    const { accessToken, appSecret, adAccountId } = graph.settings;
    for (const secret of [accessToken, appSecret, adAccountId, agent.account?.name ?? '', 'currency']) {
      expect(kept).not.toContain(secret);
    }
    const { sealed } = fields;
    const context = [digest(), fields.token, fields.id].join(' ');
    if (!sealed) throw new Error('nothing is sealed');
    expect(createSessionSeal(graph.settings).open(sealed, context)).toContain('currency');
    expect(
      createSessionSeal({ ...graph.settings, appSecret: 'another' }).open(sealed, context),
    ).toBeUndefined();
    expect(createSessionSeal(graph.settings).open(sealed, `${context}x`)).toBeUndefined();
    sealed[sealed.length - 1] = 255 - (sealed[sealed.length - 1] ?? 0);
    expect(createSessionSeal(graph.settings).open(sealed, context)).toBeUndefined();
  });

  test('are made anew where the one at hand cannot be opened', async () => {
    await (await creator()).make();
    await settle();
    await redis.client.hset(sessionKey(), 'sealed', 'not a session');
    await (await creator()).make();
    expect(graph.journal.validations()).toBe(2);
    await settle();
    await (await creator()).make();
    expect(graph.journal.validations()).toBe(2);
  });

  test('are written only when no invalidation has come since their validation began', async () => {
    const one = await creator();
    const hold = graph.faults.add({ kind: 'hang', route: 'debug_token' });
    const making = one.make();
    await graph.journal.until((journal) => journal.validations() === 1);
    await redis.client.set('t:{agent}:invalidation', 'later');
    hold.clear();
    await making;
    await settle();
    expect(await redis.client.exists(sessionKey())).toBe(0);
    await (await creator()).make();
    expect(graph.journal.validations()).toBe(2);
  });

  test('are void after an invalidation', async () => {
    await (await creator()).make();
    await settle();
    await redis.client.set('t:{agent}:invalidation', 'later');
    await (await creator()).make();
    expect(graph.journal.validations()).toBe(2);
  });

  test('serve a process once: what it asks for again, it wants newer', async () => {
    const [one, other] = await Promise.all([creator(), creator()]);
    await one.make();
    await settle();
    await other.make();
    await other.make();
    expect(graph.journal.validations()).toBe(2);
    await settle();
    await one.make();
    expect(graph.journal.validations()).toBe(2);
  });

  test('are removed when Facebook refuses their token', async () => {
    const [one, other] = await Promise.all([creator(), creator()]);
    await one.make();
    await settle();
    const agent: FacebookAdsAgent = await other.make();
    graph.tokens.revoke('brl');
    await expect(agent.getCampaigns()).rejects.toThrow();
    expect(other.refusals).toEqual([1]);
    await eventually('removed', async () => (await redis.client.exists(sessionKey())) === 0);
  });

  test('are not waited for without end: the lock of one that is gone costs the patience', async () => {
    const one = await creator({ patience: 0.05 });
    await redis.client.set(lockKey(), 'somebody', 'PX', 60_000);
    await one.make();
    expect(graph.journal.validations()).toBe(1);
    expect(await redis.client.get(lockKey())).toBe('somebody');
  });

  test('are given up where Redis goes silent, with nothing left in the way of others', async () => {
    const one = await creator({ lock: 600 });
    redis.freeze();
    await one.make();
    expect(graph.journal.validations()).toBe(1);
    redis.thaw();
    // What it asked for is done now, and undone: nobody has to wait for its lock.
    await (await creator({ patience: 600 })).make();
    await settle();
    expect(graph.journal.validations()).toBe(2);
  });

  test('do not stand in the way of a creation that is no longer wanted', async () => {
    const one = await creator();
    await redis.client.set(lockKey(), 'somebody', 'PX', 60_000);
    const controller = new AbortController();
    const making = one.make(controller.signal);
    controller.abort(new Error('not wanted'));
    await expect(making).rejects.toThrow();
    expect(graph.journal.validations()).toBe(0);
  });

  test('bring their age along: an agent from an old session is as old', async () => {
    await (await creator()).make();
    await settle();
    await redis.client.pexpire(sessionKey(), (TTL - 100) * 1000);
    const { create } = await creator();
    configureAgentCache({
      settings: graph.settings,
      ttl: TTL,
      staleFor: 0,
      keepWarm: false,
      createAgent: create,
    });
    await getFacebookAgent();
    const { cache_age_seconds, is_valid } = getCachedAgentProvider().getStats();
    // A second less than the hundred: Redis and this process count milliseconds on clocks of their own.
    expect(cache_age_seconds).toBeGreaterThan(99);
    expect(is_valid).toBe(true);
    expect(getCachedAgentProvider({ cacheTtl: 60 }).getStats().is_valid).toBe(false);
    // A reader who wants it younger than the session gets one of its own.
    await getCachedAgentProvider({ cacheTtl: 60 }).getAgent();
    expect(graph.journal.validations()).toBe(2);
  });

  test('do not serve a reader for whom they are too old, even first', async () => {
    await (await creator()).make();
    await settle();
    await redis.client.pexpire(sessionKey(), (TTL - 100) * 1000);
    const { create } = await creator();
    const cache = { settings: graph.settings, ttl: TTL, staleFor: 0, keepWarm: false, createAgent: create };
    configureAgentCache(cache);
    const task = getCachedAgentProvider({ cacheTtl: 60 });
    const [agent] = await Promise.all([task.getAgent(), getFacebookAgent()]);
    expect(graph.journal.validations()).toBe(2);
    expect(task.getStats()).toMatchObject({ is_valid: true, creation_count: 2 });
    expect(await task.getAgent()).toBe(agent);
  });

  deeply(
    'serve eight processes that are started together: one validation, as the other side counts',
    async () => {
      graph.latency.set('realistic');
      const members = await startMembers(8, { graph, redis, env: { REDIS_TIMEOUT_SECONDS: '2' } });
      const ready = async (url: string) => (await fetch(`${url}/readyz`)).ok;
      await Promise.all(members.map(({ url }) => eventually('ready', () => ready(url))));
      expect(graph.journal.validations()).toBe(1);
      expect(await Promise.all(members.map(({ useAgent }) => useAgent()))).toEqual(Array(8).fill(200));
      expect(graph.journal.validations()).toBe(1);
    },
  );
});

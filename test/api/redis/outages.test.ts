import { someOf } from '../../support/depth.ts';
import { registry } from '../../../api/src/observability/prometheus.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, type RedisServer, startRedis } from '../../support/redis.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

const WENT = / WARN Redis is not available: this process goes on without it reason=/;
const CAME = / INFO Redis is available/;

interface Outage {
  name: string;
  begin(redis: RedisServer, wire: TcpProxy): unknown;
  end(redis: RedisServer, wire: TcpProxy): unknown;
}

const OUTAGES: Outage[] = [
  { name: 'is down', begin: (redis) => redis.kill(), end: (redis) => redis.start() },
  {
    name: 'takes commands and answers nothing',
    begin: (redis) => redis.freeze(),
    end: (redis) => redis.thaw(),
  },
  {
    name: 'is behind a wire that has gone dead without a word',
    begin: (_redis, wire) => wire.swallow(),
    end: (_redis, wire) => wire.heal(),
  },
  {
    name: 'is out of memory',
    begin: (redis) => redis.client.config('SET', 'maxmemory', '1'),
    end: (redis) => redis.client.config('SET', 'maxmemory', '0'),
  },
  {
    name: 'wants another password',
    async begin(redis) {
      await redis.client.config('SET', 'requirepass', 'test-password-not-real');
      await redis.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    },
    end: (redis) => redis.client.config('SET', 'requirepass', ''),
  },
  {
    name: 'has become a replica',
    begin: (redis) => redis.client.call('REPLICAOF', '127.0.0.1', '1'),
    end: (redis) => redis.client.call('REPLICAOF', 'NO', 'ONE'),
  },
];

describeWithRedis('while Redis', () => {
  let redis: RedisServer;
  let wire: TcpProxy;
  let app: TestApp;

  beforeAll(async () => {
    redis = await startRedis();
    wire = await startTcpProxy(redis);
    const url = `redis://127.0.0.1:${wire.port}`;
    app = await startApp({
      warm: true,
      env: { REDIS_URL: url, REDIS_TIMEOUT_SECONDS: '0.5', RATE_LIMITS: 'true' },
    });
    await eventually('up', async () => (await status()) === 'ready');
  });
  beforeEach(() => {
    app.logs.length = 0;
  });
  afterAll(async () => {
    await app.stop();
    await wire.close();
    await redis.stop();
  });

  const status = async () => (await app.request('GET', '/health')).body.status;
  const isCached = async () => (await app.request('GET', '/health/agent-cache')).body.cached;
  const count = (pattern: RegExp) => app.logs.filter((line) => pattern.test(line)).length;

  async function errors(): Promise<number> {
    const metric = await registry.getSingleMetric('redis_errors_total')?.get();
    return metric?.values.reduce((sum, { value }) => sum + value, 0) ?? 0;
  }

  test.each(someOf(OUTAGES))(
    '$name, all goes on, and it is missed no longer than it is away',
    async (outage) => {
      const before = await errors();
      await outage.begin(redis, wire);
      await eventually('missed', async () => (await status()) === 'degraded');
      expect((await app.request('GET', '/readyz')).body).toEqual({ status: 'ready' });
      // A creation, a hit, and what is written down or counted.
      const invalidation = await app.request('POST', '/admin/invalidate-cache', { as: 'admin' });
      expect(invalidation.body).toEqual({
        message: 'Agent cache invalidated',
        status: 'success',
        published: false,
      });
      const message = { message: `Which campaigns are active while Redis ${outage.name}?` };
      const answers = [
        await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' }),
        await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' }),
        await app.request('POST', '/api/v1/chat', { as: 'user', body: message }),
        await app.request('GET', '/api/v1/chat/history', { as: 'user' }),
      ];
      expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
      expect(answers[3]?.body.history[0]).toMatchObject(message);
      expect(await errors()).toBeGreaterThan(before);
      expect(count(WENT)).toBe(1);
      expect(count(CAME)).toBe(0);

      await outage.end(redis, wire);
      await eventually('back', async () => (await status()) === 'ready');
      expect([count(WENT), count(CAME)]).toEqual([1, 1]);
      const history = await eventually('what waited is there', async () => {
        const records = await redis.client.zrange('fac:{chat}:records:user-1', 0, '-1');
        return records.filter((record) => record.includes(message.message)).length === 1;
      });
      expect(history).toBe(true);
      const published = async () =>
        (await app.request('POST', '/admin/invalidate-cache', { as: 'admin' })).body.published;
      expect(await published()).toBe(true);
      // And it hears of others again.
      await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' });
      expect(await isCached()).toBe(true);
      const token = `another process, after it ${outage.name}`;
      const transaction = redis.client.multi().set('fac:{agent}:invalidation', token);
      await transaction.publish('fac:{agent}:invalidations', token).exec();
      await eventually('heard', async () => !(await isCached()));
    },
  );

  test('is not there from the start, a process starts without it and meets it later', async () => {
    await redis.kill();
    const other = await startApp({ warm: true, env: { REDIS_URL: redis.url } });
    expect((await other.request('GET', '/health')).body.status).toBe('degraded');
    expect((await other.request('GET', '/readyz')).status).toBe(200);
    await redis.start();
    await eventually('met', async () => (await other.request('GET', '/health')).body.status === 'ready');
    // It may have missed an invalidation before.
    const isCached = async () => (await other.request('GET', '/health/agent-cache')).body.cached;
    await eventually('heard', async () => !(await isCached()));
    await other.stop();
  });
});

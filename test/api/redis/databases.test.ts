import { InvalidationChannel } from '../../../api/src/redis/invalidation-channel.ts';
import { watchEvictionPolicy } from '../../../api/src/redis/eviction-policy.ts';
import { RedisLink } from '../../../api/src/redis/redis-link.ts';
import { registry } from '../../../api/src/observability/prometheus.ts';
import { eventually } from '../../support/eventually.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';
import { describeWithRedis, type RedisServer, startRedis } from '../../support/redis.ts';

describeWithRedis('one Redis', () => {
  let redis: RedisServer;
  let logs: LogCapture;
  const stops: (() => void)[] = [];

  beforeAll(async () => {
    logs = captureLogs();
    redis = await startRedis();
  });
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });
  afterAll(async () => {
    await redis.stop();
    logs.stop();
  });

  async function connect(path = ''): Promise<RedisLink> {
    const link = new RedisLink({
      url: `${redis.url}${path}`,
      prefix: 'fac',
      timeoutSeconds: 2,
      pollSeconds: 600,
    });
    stops.push(() => link.stop());
    link.start();
    await eventually('connected', () => link.up);
    return link;
  }

  test('keeps deployments in databases of their own apart, and those in one together', async () => {
    const heard: string[] = [];
    const join = async (name: string, path: string) => {
      const settings = { url: `${redis.url}${path}`, prefix: 'fac', timeoutSeconds: 2, pollSeconds: 600 };
      const channel = new InvalidationChannel(await connect(path), settings, () => void heard.push(name));
      stops.push(() => channel.stop());
      channel.start();
      await channel.settled();
      return channel;
    };
    const [zero] = [await join('zero', ''), await join('same', '/0'), await join('one', '/1')];
    const other = await join('two', '/1');
    await eventually('all listen', async () => {
      const counts = await redis.client.call(
        'PUBSUB',
        'NUMSUB',
        'fac:{agent}:invalidations',
        'fac:{agent}:invalidations:1',
      );
      return (
        JSON.stringify(counts)
          .replace(/[^0-9,]/g, '')
          .endsWith(',2') && JSON.stringify(counts).includes('2')
      );
    });
    await zero?.publish();
    await eventually('those in the same hear it', () => heard.includes('same'));
    await other.publish();
    await eventually('those in the other hear theirs', () => heard.includes('one'));
    expect(heard.sort()).toEqual(['one', 'same']);
  });

  test.each([
    ['allkeys-lru', '1'],
    ['noeviction', '0'],
  ])('is asked at start whether it may drop keys: %s', async (policy, sample) => {
    await redis.client.config('SET', 'maxmemory-policy', policy);
    logs.lines.length = 0;
    watchEvictionPolicy(await connect());
    await eventually('told', async () => (await registry.metrics()).includes(`redis_may_evict ${sample}\n`));
    const told = logs.lines.filter((line) =>
      line.includes('maxmemory-policy is allkeys-lru; set it to noeviction'),
    );
    expect(told).toHaveLength(Number(sample));
  });
});

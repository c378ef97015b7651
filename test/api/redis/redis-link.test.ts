import { registry } from '../../../api/src/observability/prometheus.ts';
import { RedisLink, RedisUnavailableError } from '../../../api/src/redis/redis-link.ts';
import { eventually } from '../../support/eventually.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';
import { describeWithRedis, type RedisServer, startRedis } from '../../support/redis.ts';

describeWithRedis('the link to Redis', () => {
  let logs: LogCapture;
  let redis: RedisServer;
  let link: RedisLink;

  beforeAll(async () => {
    logs = captureLogs();
    redis = await startRedis();
  });
  beforeEach(async () => {
    await redis.client.flushall();
    // Long enough that a test ends before it has run out.
    link = new RedisLink({ url: redis.url, prefix: 't', timeoutSeconds: 20, pollSeconds: 30 });
    link.start();
    await eventually('connected', () => link.up);
    logs.lines.length = 0;
  });
  afterEach(() => {
    redis.thaw();
    link.stop();
  });
  afterAll(async () => {
    await redis.stop();
    logs.stop();
  });

  const errorsOf = async (operation: string) => {
    const metric = await registry.getSingleMetric('redis_errors_total')?.get();
    return metric?.values.find(({ labels }) => labels.operation === operation)?.value ?? 0;
  };

  test('does not take for lost a Redis that refuses one command, and says so once', async () => {
    await redis.client.set('text', 'no list');
    const push = () => link.run('push', (client) => client.lpush('text', 'x'));
    for (let time = 0; time < 3; time += 1) await expect(push()).rejects.toThrow('WRONGTYPE');
    expect(link.up).toBe(true);
    expect(await errorsOf('push')).toBe(3);
    await redis.client.del('text');
    await push();
    await redis.client.set('text', 'no list');
    await expect(push()).rejects.toThrow('WRONGTYPE');
    expect(logs.lines.map((line) => / (WARN|INFO) .*/.exec(line)?.[0])).toEqual(
      Array(2).fill(expect.stringContaining('WARN Redis refuses an operation')),
    );
  });

  test('takes for lost one that refuses every writer', async () => {
    await redis.client.config('SET', 'maxmemory', '1');
    const write = link.run('write', (client) => client.eval("return redis.call('SET', 'a', 'b')", 0));
    await expect(write).rejects.toThrow(RedisUnavailableError);
    expect(link.up).toBe(false);
    await redis.client.config('SET', 'maxmemory', '0');
  });

  test('lets the impatient go on long before Redis counts as away', async () => {
    const patient = new RedisLink({ url: redis.url, prefix: 't', timeoutSeconds: 0.2, pollSeconds: 30 });
    patient.start();
    await eventually('connected', () => patient.up);
    redis.freeze();
    const order: string[] = [];
    const ping = (name: string, impatient: boolean) =>
      patient.run(name, (client) => client.ping(), { impatient }).catch(() => order.push(name));
    await Promise.all([ping('patient', false), ping('impatient', true)]);
    expect(order).toEqual(['impatient', 'patient']);
    patient.stop();
  });

  test('undoes what Redis does after nobody waits for it', async () => {
    const hurried = new RedisLink({ url: redis.url, prefix: 't', timeoutSeconds: 0.1, pollSeconds: 30 });
    hurried.start();
    await eventually('connected', () => hurried.up);
    redis.freeze();
    const done: string[] = [];
    const undo = async () => void done.push('undone');
    const set = hurried.run('set', (client) => client.set('late', 'x'), { undo });
    await expect(set).rejects.toThrow(RedisUnavailableError);
    expect(done).toEqual([]);
    redis.thaw();
    await eventually('undone', () => done.length > 0);
    expect(await redis.client.get('late')).toBe('x');
    hurried.stop();
  });

  test('undoes it when Redis is back, where the connection did not live to tell', async () => {
    const set = link.run('set', async () => Promise.reject(new Error('Connection closed')), {
      undo: (client) => client.del('late'),
    });
    await Promise.all([expect(set).rejects.toThrow(RedisUnavailableError), redis.client.set('late', 'x')]);
    await eventually('undone', async () => (await redis.client.exists('late')) === 0);
    expect(link.up).toBe(true);
  });
});

import { registry } from '../../../api/src/observability/prometheus.ts';
import { N8nClient } from '../../../api/src/integrations/n8n-client.ts';
import { NotionClient } from '../../../api/src/integrations/notion-client.ts';
import { createMemoryStores } from '../../../api/src/stores/sqlite/sqlite-stores.ts';
import { putOnSchedule } from '../../../api/src/tasks/queue/put-on-schedule.ts';
import { eventually } from '../../support/eventually.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';
import { describeWithRedis, type RedisServer, startRedis } from '../../support/redis.ts';
import { inspectQueue, joinQueue } from './queue-member.ts';

const DEPS = {
  stores: createMemoryStores(),
  n8n: new N8nClient({}),
  notion: new NotionClient({ url: 'http://127.0.0.1' }),
};

describeWithRedis('the shared queue', () => {
  let logs: LogCapture;
  let redis: RedisServer;
  let prefix = 't0';
  let closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    logs = captureLogs();
    redis = await startRedis();
  });
  beforeEach(() => {
    prefix = `t${Number(prefix.slice(1)) + 1}`;
  });
  afterEach(async () => {
    for (const close of closing.reverse()) await close();
    closing = [];
  });
  afterAll(async () => {
    await redis.stop();
    logs.stop();
  });

  function join(runs: string[] = []) {
    const task = { name: 'counted', pattern: '0 0 1 1 *', run: async () => void runs.push('run') };
    const member = joinQueue(redis, { prefix, deps: DEPS, tasks: [task] });
    closing.push(member.leave);
    return member;
  }

  function inspect() {
    const { queue, close } = inspectQueue(redis, prefix);
    closing.push(close);
    return queue;
  }

  test.each([
    { name: 'away', begin: () => redis.kill(), end: () => redis.start() },
    {
      name: 'full',
      begin: () => redis.client.config('SET', 'maxmemory', '1'),
      end: () => redis.client.config('SET', 'maxmemory', '0'),
    },
    {
      name: 'locked by another password',
      begin: () => redis.client.config('SET', 'requirepass', 'test-password-not-real'),
      end: () => redis.client.config('SET', 'requirepass', ''),
    },
  ])('is worked on by one who began while Redis was $name', async ({ begin, end }) => {
    await begin();
    const runs: string[] = [];
    const { link, scheduler } = join(runs);
    scheduler.start();
    await link.settled();
    expect(link.up).toBe(false);
    await end();
    await eventually('connected', () => link.up);
    expect(await scheduler.runNow('counted')).toBe('succeeded');
    expect(runs).toEqual(['run']);
    const queue = inspect();
    await eventually('scheduled', async () => (await queue.getJobSchedulersCount()) === 1);
  });

  test('keeps a run that was due while nobody worked, however often it is scheduled', async () => {
    const queue = inspect();
    const often = { name: 'often', pattern: '* * * * * *' };
    const options = { attempts: 3, removeOnComplete: { age: 60, count: 5 } };
    await putOnSchedule(queue, often, options);
    const [due] = await queue.getDelayed();
    await eventually('overdue', () => Date.now() > Number(due?.opts.prevMillis));
    await putOnSchedule(queue, often, options);
    expect((await queue.getDelayed()).map(({ id }) => id)).toEqual([due?.id]);
    // What is said otherwise now takes the place of what was said before.
    await putOnSchedule(queue, { ...often, pattern: '0 0 1 1 *' }, options);
    expect((await queue.getJobSchedulers()).map(({ pattern }) => pattern)).toEqual(['0 0 1 1 *']);
    await putOnSchedule(queue, { ...often, pattern: '0 0 1 1 *' }, { attempts: 4 });
    const [next, ...others] = await queue.getDelayed();
    expect([next?.opts.attempts, others]).toEqual([4, []]);
  });

  test('shows a run that was taken from dying workers too often as a dead letter', async () => {
    const queue = inspect();
    const job = await queue.add('counted', {}, { attempts: 5 });
    // As BullMQ marks it.
    await redis.client.hset(queue.toKey(String(job.id)), 'defa', 'job stalled more than allowable limit');
    join().scheduler.start();
    await logs.line(/ ERROR Task counted given up after 1 attempts .*stalled/);
    const metrics = await registry.metrics();
    expect(metrics).toContain('task_dead_letters_total{task="counted"} 1\n');
    expect(metrics).toContain('task_queue_jobs{state="failed"} 1\n');
  });
});

import { deeply } from '../../support/depth.ts';
import { registry } from '../../../api/src/observability/prometheus.ts';
import { N8nClient } from '../../../api/src/integrations/n8n-client.ts';
import { NotionClient } from '../../../api/src/integrations/notion-client.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { RedisLink } from '../../../api/src/redis/redis-link.ts';
import { ScheduleWatch } from '../../../api/src/tasks/queue/schedule-watch.ts';
import { putOnSchedule } from '../../../api/src/tasks/queue/put-on-schedule.ts';
import { eventually } from '../../support/eventually.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';
import { describeWithRedis, type RedisServer, startRedis } from '../../support/redis.ts';
import { inspectQueue, joinQueue } from './queue-member.ts';

const CLIENTS = { n8n: new N8nClient({}), notion: new NotionClient({ url: 'http://127.0.0.1' }) };

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
    const member = joinQueue(redis, { prefix, clients: CLIENTS, tasks: [task] });
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

  test('puts back what Redis has lost, says so once, and touches no other prefix', async () => {
    const daily = { name: 'daily', pattern: '0 8 * * *', run: async () => undefined };
    const weekly = { name: 'weekly', pattern: '0 2 * * 0', run: async () => undefined };
    const member = joinQueue(redis, { prefix, clients: CLIENTS, tasks: [daily, weekly], watchEvery: 0.1 });
    closing.push(member.leave);
    member.scheduler.start();
    const queue = inspect();
    await eventually('scheduled', () => member.scheduler.status().every(({ next_run }) => next_run !== null));
    await redis.client.set('elsewhere', 'untouched');
    logs.lines.length = 0;
    for (const key of await redis.client.keys(`${prefix}:*`)) await redis.client.del(key);
    await eventually('put back', async () => (await queue.getJobSchedulersCount()) === 2);
    await logs.line(/ WARN Redis had lost what stood on the schedule/);
    await eventually('known', () => member.scheduler.complete());
    expect(logs.lines.filter((line) => / WARN Redis had lost/.test(line))).toHaveLength(1);
    expect(await registry.metrics()).toContain('task_schedulers_restored_total{task="daily"} 1\n');
    expect(await redis.client.get('elsewhere')).toBe('untouched');
    expect(await member.scheduler.runNow('daily')).toBe('succeeded');
    expect(await registry.metrics()).toMatch(/task_last_success_timestamp_seconds\{task="daily"\} 1\d{9}/);
  });

  test('makes up for a run that was due while Redis had lost it', async () => {
    const runs: number[] = [];
    const often = { name: 'often', pattern: '* * * * * *', run: async () => void runs.push(1) };
    const queue = inspect();
    await putOnSchedule(queue, often, { attempts: 1 });
    const [scheduler] = await queue.getJobSchedulers();
    const link = new RedisLink({ url: redis.url, prefix, timeoutSeconds: 2, pollSeconds: 30 });
    closing.push(async () => link.stop());
    link.start();
    await eventually('connected', () => link.up);
    const watch = new ScheduleWatch({
      queue: () => queue,
      link,
      tasks: [often],
      jobOptions: { attempts: 1 },
    });
    await watch.look();
    await eventually('overdue', () => Date.now() > Number(watch.standing('often')?.next));
    const due = Number(watch.standing('often')?.next);
    expect(due).toBeGreaterThanOrEqual(Number(scheduler?.next));
    for (const key of await redis.client.keys(`${prefix}:*`)) await redis.client.del(key);
    await watch.look();
    const missed = await queue.getJob(`missed-often-${due}`);
    expect(missed?.data).toEqual({ due });
    await watch.look();
    expect((await queue.getWaiting()).map(({ id }) => id)).toEqual([missed?.id]);
  });

  deeply(
    "stands as the newest deployment's says, whoever comes back last, and without tasks that are gone",
    async () => {
      const at = (pattern: string, ...more: string[]) =>
        ['report', ...more].map((name) => ({ name, pattern, run: async () => undefined }));
      const started = async (pattern: string, ...more: string[]) => {
        const tasks = at(pattern, ...more);
        const member = joinQueue(redis, { prefix, clients: CLIENTS, tasks, watchEvery: 0.1 });
        closing.push(member.leave);
        member.scheduler.start();
        await eventually('looked', () =>
          member.scheduler.status().every(({ next_run }) => next_run !== null),
        );
        return member;
      };
      const queue = inspect();
      const standing = async () =>
        (await queue.getJobSchedulers()).map(({ key, pattern }) => `${key} ${pattern}`).sort();
      const old = await started('0 7 * * *', 'retired');
      expect(await standing()).toEqual(['report 0 7 * * *', 'retired 0 7 * * *']);
      const next = await started('0 8 * * *');
      expect(await standing()).toEqual(['report 0 8 * * *']);
      expect(
        logs.lines.filter((line) => / INFO Task retired is taken off the schedule/.test(line)),
      ).toHaveLength(1);
      for (let round = 0; round < 4; round++) {
        await redis.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
        await eventually('both are back', () => old.link.up && next.link.up);
        await delay(250);
        expect(await standing()).toEqual(['report 0 8 * * *']);
      }
      expect(old.scheduler.status()[0]?.pattern).toBe('0 8 * * *');
      expect(old.scheduler.complete()).toBe(false);
      await old.leave();
      await delay(250);
      expect(await standing()).toEqual(['report 0 8 * * *']);
    },
  );

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

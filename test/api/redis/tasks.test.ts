import { deeply } from '../../support/depth.ts';
import type { Queue } from 'bullmq';
import { registerSecret } from '../../../api/src/observability/logger.ts';
import { registry } from '../../../api/src/observability/prometheus.ts';
import { analyzePerformance } from '../../../api/src/tasks/processors.ts';
import type { ScheduledTask } from '../../../api/src/tasks/task.ts';
import type { Scheduler } from '../../../api/src/tasks/scheduler.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, type RedisServer, startRedis } from '../../support/redis.ts';
import { killScripts, runNode, SERVER_ENV, serve } from '../../support/server-process.ts';
import { aRun, startTaskWorld, type TaskWorld } from '../tasks/task-world.ts';
import { inspectQueue, joinQueue } from './queue-member.ts';

const GRAPHLESS_ENV = {
  FACEBOOK_ACCESS_TOKEN: 'test-token-not-real',
  FACEBOOK_AD_ACCOUNT_ID: '1',
  FACEBOOK_APP_ID: '1',
  FACEBOOK_APP_SECRET: 'test-app-secret-not-real',
};

describeWithRedis('tasks on the shared queue', () => {
  let world: TaskWorld;
  let redis: RedisServer;
  let closing: (() => unknown)[] = [];
  let prefix = 0;

  beforeAll(async () => {
    [world, redis] = await Promise.all([startTaskWorld(), startRedis()]);
  });
  beforeEach(() => {
    world.reset();
    prefix += 1;
  });
  afterEach(async () => {
    for (const close of closing.reverse()) await close();
    closing = [];
  });
  afterAll(async () => {
    await killScripts();
    await world.stop();
    await redis.stop();
  });

  const name = () => `t${prefix}`;
  const outbox = () => `${name()}:documents:outbox`;
  /** Lets pass the half minute that a system is given which could not be reached. */
  const makeDue = async () => {
    for (const [id, kept] of Object.entries(await redis.client.hgetall(outbox()))) {
      const { document, ...rest } = JSON.parse(kept);
      await redis.client.hset(
        outbox(),
        id,
        JSON.stringify({ ...rest, document: { ...document, nextTry: 0 } }),
      );
    }
  };
  const doneKeys = async () => {
    const keys = await redis.client.keys(`${name()}:once:*`);
    const states = keys.length > 0 ? await redis.client.mget(keys) : [];
    return states.filter((state) => state === 'done').length;
  };

  /** One process's part in the queue. */
  async function join(tasks?: readonly ScheduledTask[]): Promise<Scheduler> {
    const { link, scheduler, leave } = joinQueue(redis, { prefix: name(), clients: world.deps, tasks });
    closing.push(leave);
    await eventually('connected', () => link.up);
    return scheduler;
  }

  function inspect(): Queue {
    const { queue, close } = inspectQueue(redis, name());
    closing.push(close);
    return queue;
  }

  test('stand on the schedule once, however many processes say so', async () => {
    const schedulers = await Promise.all([join(), join(), join()]);
    for (const scheduler of schedulers) scheduler.start();
    const queue = inspect();
    await eventually('scheduled', async () => (await queue.getJobSchedulersCount()) === 4);
    await eventually('all have said so', async () => (await queue.getDelayedCount()) === 4);
    const due = (await queue.getJobSchedulers()).map(({ key, pattern, tz }) => [key, pattern, tz]);
    expect(due.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))).toEqual([
      ['analyzePerformance', '0 * * * *', 'UTC'],
      ['cleanupOldData', '0 2 * * 0', 'UTC'],
      ['collectCampaignMetrics', '*/30 * * * *', 'UTC'],
      ['generateDailyReport', '0 8 * * *', 'UTC'],
    ]);
    for (const scheduler of schedulers)
      await eventually('each tells when', () =>
        scheduler.status().every(({ next_run }) => next_run !== null),
      );
  });

  test('run once each, by one of the processes', async () => {
    const runs: number[] = [];
    const task = { name: 'counted', pattern: '0 0 1 1 *', run: async () => void runs.push(1) };
    const schedulers = await Promise.all([join([task]), join([task]), join([task])]);
    for (const scheduler of schedulers) scheduler.start();
    expect(await schedulers[0]?.runNow('counted')).toBe('succeeded');
    expect(runs).toHaveLength(1);
    await expect(schedulers[0]?.runNow('unknown')).rejects.toThrow(RangeError);
  });

  test('are tried again, and kept where one can see them when nothing helps', async () => {
    const secret = 'test-secret-not-real';
    registerSecret(secret);
    let failures = 0;
    const flaky = {
      name: 'flaky',
      pattern: '0 0 1 1 *',
      run: async () => {
        failures += 1;
        if (failures < 3) throw new Error('not yet');
      },
    };
    const hopeless = {
      name: 'hopeless',
      pattern: '0 0 1 1 *',
      run: () => Promise.reject(new Error(`refused ${secret}`)),
    };
    const scheduler = await join([flaky, hopeless]);
    scheduler.start();
    expect(await scheduler.runNow('flaky')).toBe('succeeded');
    expect(failures).toBe(3);
    expect(await scheduler.runNow('hopeless')).toBe('failed');
    const [letter] = await inspect().getFailed();
    expect(letter?.attemptsMade).toBe(5);
    expect(letter?.failedReason).toBe('Error: refused [redacted]');
    const line = await world.logs.line(/ ERROR Task hopeless given up after 5 attempts /);
    expect(line).not.toContain(secret);
    const metrics = await registry.metrics();
    expect(metrics).toContain('task_queue_jobs{state="failed"} 1\n');
    expect(metrics).toContain('task_dead_letters_total{task="hopeless"} 1\n');
    expect(metrics).toContain('task_duration_seconds_count{task="flaky"} 3\n');
    for (const state of ['waiting', 'active'])
      expect(metrics).toContain(`task_queue_jobs{state="${state}"} 0\n`);
  });

  test('make the report of a day once, however often it is asked for', async () => {
    const [one, other] = await Promise.all([join(), join()]);
    one.start();
    other.start();
    for (const scheduler of [one, other, one]) {
      expect(await scheduler.runNow('generateDailyReport')).toBe('succeeded');
    }
    expect(world.n8nServer.events.map(({ event }) => event)).toEqual(['daily-report']);
    expect(world.notionServer.pages).toHaveLength(1);
  });

  test('send again only what was not sent', async () => {
    const scheduler = await join();
    scheduler.start();
    let refused = '';
    world.n8nServer.fail({ status: 500 }, ({ body }) => {
      const { event, campaign } = JSON.parse(body);
      if (event !== 'campaign-underperforming') return false;
      refused ||= campaign.campaign_id;
      return campaign.campaign_id === refused;
    });
    expect(await scheduler.runNow('analyzePerformance')).toBe('succeeded');
    expect(refused).not.toBe('');
    world.n8nServer.heal();
    await eventually('it is sent later', () =>
      world.n8nServer.events.some(({ id }) => String(id).endsWith(`campaign-underperforming:${refused}`)),
    );
    const ids = world.n8nServer.events.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => String(id).endsWith(`campaign-underperforming:${refused}`))).toHaveLength(1);
  });

  test('make no page twice, and send no event under another id, whose answer was lost', async () => {
    const { n8nServer, notionServer } = world;
    const scheduler = await join();
    scheduler.start();
    let unanswered = 2;
    const loseTwo = () => {
      unanswered -= 1;
      return unanswered >= 0;
    };
    n8nServer.fail('take-drop', loseTwo);
    expect(await scheduler.runNow('analyzePerformance')).toBe('succeeded');
    await makeDue();
    const again = () => n8nServer.events.length - new Set(n8nServer.events.map(({ id }) => id)).size;
    await eventually('both are sent again', () => again() === 2);
    const ids = n8nServer.events.map(({ id }) => id);
    expect(n8nServer.requests.slice(-ids.length).map(({ headers }) => headers['idempotency-key'])).toEqual(
      ids,
    );
    const titles = notionServer.pages.map(({ title }) => title).sort();

    world.reset();
    await redis.client.flushall();
    unanswered = 2;
    notionServer.fail('take-drop', ({ path }) => path === '/v1/pages' && loseTwo());
    expect(await scheduler.runNow('analyzePerformance')).toBe('succeeded');
    await makeDue();
    const waiting = async () => (await redis.client.hlen(outbox())) > 0;
    await eventually('all has been sent', async () => !(await waiting()));
    expect(notionServer.pages.map(({ title }) => title).sort()).toEqual(titles);
    expect(new Set(titles).size).toBe(titles.length);
  });

  deeply('go to another worker when theirs is killed: no alert is lost or doubled', async () => {
    const { graph, notionServer, n8nServer } = world;
    const isAlert = (event: unknown) => event === 'campaign-underperforming';
    const poor = await analyzePerformance(world.deps, aRun());
    const others = n8nServer.events.filter(({ event }) => !isAlert(event)).length;
    expect(poor).toBeGreaterThan(2);
    world.reset();
    const env = {
      ...SERVER_ENV,
      ...graph.env,
      REDIS_URL: redis.url,
      REDIS_PREFIX: name(),
      // A worker that lives renews it in time also on a machine that does much else.
      TASKS_LOCK_SECONDS: '5',
      TASKS_RETRY_SECONDS: '0.2',
      NOTION_URL: notionServer.access.url,
      NOTION_TOKEN: notionServer.access.token,
      NOTION_DATABASE_ID: notionServer.access.databaseId,
      N8N_WEBHOOK_URL: n8nServer.webhookUrl,
    };
    const startWorker = async () => {
      const worker = await runNode(serve('worker'), { env });
      await worker.line(/Worker started: 4 tasks/);
      return worker;
    };
    // One page is made and not heard of, one event is not heard of and not taken.
    const isLast = () => notionServer.pages.length === poor - 1;
    notionServer.fail('take-hang', ({ path }) => path === '/v1/pages' && isLast());
    let victim = '';
    n8nServer.fail('hang', ({ body }) => {
      const { event, campaign } = JSON.parse(body);
      if (!isAlert(event)) return false;
      if (n8nServer.events.filter((seen) => isAlert(seen.event)).length < 2) return false;
      victim = campaign.campaign_id;
      return true;
    });
    const doomed = await startWorker();
    const outcome = (await join()).runNow('analyzePerformance');
    await eventually('it hangs at the third alert', () => victim !== '');
    await eventually('the last page is made', () => notionServer.pages.length === poor);
    // All else that the other channels send has been noted: else it could be sent twice, with one id.
    // On a slow machine the page that was not heard of may be found by then, and noted too.
    // What n8n is told beside alerts waits behind those that hang.
    await eventually('the rest is noted', async () => (await doneKeys()) >= 2 + poor - 1);
    doomed.kill('SIGKILL');
    await doomed.ended;
    n8nServer.heal();
    notionServer.heal();
    const heir = await startWorker();
    expect(await outcome).toBe('succeeded');
    const alerts = n8nServer.events.filter(({ event }) => isAlert(event));
    const alerted = alerts.map(({ campaign }) => Object(campaign).campaign_id);
    expect(alerted).toContain(victim);
    expect(alerted).toHaveLength(poor);
    expect(new Set(alerted).size).toBe(poor);
    expect(notionServer.pages).toHaveLength(poor);
    expect(n8nServer.events).toHaveLength(poor + others);
    expect(new Set(n8nServer.events.map(({ id }) => id)).size).toBe(poor + others);
    heir.kill('SIGTERM');
    expect((await heir.ended).code).toBe(0);
  });
});

test('a worker without Redis says what it needs, and ends with 1', async () => {
  const env = { ...SERVER_ENV, ...GRAPHLESS_ENV };
  const { code, stderr } = await (await runNode(serve('worker'), { env })).ended;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'A worker needs REDIS_URL; without it, npm start runs the tasks itself\n',
  });
});

describeWithRedis('a worker', () => {
  test('answers what it does not know with a problem document, and has no metric of requests that it does not take', async () => {
    const redis = await startRedis();
    const env = { ...SERVER_ENV, ...GRAPHLESS_ENV, REDIS_URL: redis.url, WORKER_PORT: '0' };
    const worker = await runNode(serve('worker'), { env });
    const [, url = ''] = await worker.line(/Metrics on (http:\/\/[\w.:]+)/);
    for (const [method, path, status] of [
      ['GET', '/nowhere', 404],
      ['POST', '/livez', 405],
    ] as const) {
      const response = await fetch(`${url}${path}`, { method });
      expect(response.status).toBe(status);
      expect(response.headers.get('Content-Type')).toContain('application/problem+json');
      expect(response.headers.get('X-Request-Id')).toBeTruthy();
    }
    expect(await (await fetch(`${url}/livez`)).json()).toEqual({ status: 'alive' });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).not.toMatch(/^service_ready /m);
    expect(metrics).toMatch(/^redis_up /m);
    worker.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);
    await redis.stop();
  });
});

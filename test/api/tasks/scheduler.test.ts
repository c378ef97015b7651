import { jest } from '@jest/globals';
import { registry } from '../../../api/src/observability/prometheus.ts';
import { N8nClient } from '../../../api/src/integrations/n8n-client.ts';
import { NotionClient } from '../../../api/src/integrations/notion-client.ts';
import { RunMemory } from '../../../api/src/tasks/run-memory.ts';
import { SCHEDULE } from '../../../api/src/tasks/schedule.ts';
import type { ScheduledTask } from '../../../api/src/tasks/task.ts';
import { createScheduler, type Scheduler } from '../../../api/src/tasks/scheduler.ts';
import { depsOf } from './task-world.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Ends when told to. */
function heldTask(name: string) {
  const releases: (() => void)[] = [];
  const run = () => new Promise<void>((resolve) => releases.push(resolve));
  const release = () => {
    for (const resolve of releases.splice(0)) resolve();
  };
  return { task: { name, pattern: '* * * * *', run } satisfies ScheduledTask, releases, release };
}

async function runsOf(task: string): Promise<Record<string, number>> {
  const metric = await registry.getSingleMetric('task_runs_total')?.get();
  const values = metric?.values.filter(({ labels }) => labels.task === task) ?? [];
  return Object.fromEntries(values.map(({ labels, value }) => [String(labels.outcome), value]));
}

describe('the scheduler', () => {
  let logs: LogCapture;
  let schedulers: Scheduler[];
  let deps: ReturnType<typeof depsOf>;

  beforeEach(() => {
    // A Saturday, 23:59 UTC.
    jest.useFakeTimers({ now: Date.UTC(2026, 1, 28, 23, 59) });
    logs = captureLogs();
    schedulers = [];
    deps = depsOf({ n8n: new N8nClient({}), notion: new NotionClient({ url: 'http://127.0.0.1:9' }) });
  });
  afterEach(async () => {
    const stops = schedulers.map((scheduler) => scheduler.stop(0));
    await jest.runAllTimersAsync();
    await Promise.all(stops);
    logs.stop();
    jest.useRealTimers();
  });

  /** One that has been running until now. */
  function create(tasks: readonly ScheduledTask[] = SCHEDULE): Scheduler {
    const runs = new RunMemory(deps.stores, tasks);
    for (const { name } of tasks) void runs.begin(name);
    const scheduler = createScheduler(deps, { tasks });
    schedulers.push(scheduler);
    return scheduler;
  }

  test('runs each task of the schedule when it is due, in UTC', async () => {
    const started: [name: string, time: string][] = [];
    const tasks = SCHEDULE.map(({ name, pattern }) => ({
      name,
      pattern,
      run: async () => void started.push([name, new Date().toISOString().slice(11, 16)]),
    }));
    const scheduler = create(tasks);
    scheduler.start();
    await jest.advanceTimersByTimeAsync(8 * HOUR + 10 * MINUTE);
    const times = (task: string) => started.filter(([name]) => name === task).map(([, time]) => time);
    expect(times('collectCampaignMetrics')).toHaveLength(17);
    expect(times('collectCampaignMetrics').slice(0, 3)).toEqual(['00:00', '00:30', '01:00']);
    expect(times('analyzePerformance')).toHaveLength(9);
    expect(times('analyzePerformance').slice(0, 3)).toEqual(['00:00', '01:00', '02:00']);
    expect(times('generateDailyReport')).toEqual(['08:00']);
    expect(times('cleanupOldData')).toEqual(['02:00']);
    expect(scheduler.status().map(({ name, next_run }) => [name, next_run])).toEqual([
      ['collectCampaignMetrics', '2026-03-01T08:30:00.000Z'],
      ['analyzePerformance', '2026-03-01T09:00:00.000Z'],
      ['generateDailyReport', '2026-03-02T08:00:00.000Z'],
      ['cleanupOldData', '2026-03-08T02:00:00.000Z'],
    ]);
  });

  test('does nothing before it is started and nothing after it is stopped', async () => {
    let runs = 0;
    const scheduler = create([{ name: 'idle', pattern: '* * * * *', run: async () => void runs++ }]);
    await jest.advanceTimersByTimeAsync(HOUR);
    expect(runs).toBe(0);
    expect(scheduler.status()[0]?.next_run).toBeNull();
    await new RunMemory(deps.stores, []).begin('idle');
    scheduler.start();
    scheduler.start();
    await jest.advanceTimersByTimeAsync(2 * MINUTE);
    expect(runs).toBe(2);
    await scheduler.stop(1);
    scheduler.start();
    await jest.advanceTimersByTimeAsync(HOUR);
    expect(await scheduler.runNow('idle')).toBe('skipped');
    expect(runs).toBe(2);
    expect(scheduler.status()[0]?.next_run).toBeNull();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('skips a task whose previous run has not ended, and no other', async () => {
    const slow = heldTask('slow');
    let others = 0;
    const scheduler = create([
      slow.task,
      { name: 'other', pattern: '* * * * *', run: async () => void others++ },
    ]);
    scheduler.start();
    await jest.advanceTimersByTimeAsync(3 * MINUTE);
    expect(slow.releases).toHaveLength(1);
    expect(others).toBe(3);
    expect(await scheduler.runNow('slow')).toBe('skipped');
    expect(await runsOf('slow')).toEqual({ succeeded: 0, failed: 0, skipped: 3 });
    expect(logs.lines.filter((line) => line.includes('Task slow skipped'))).toHaveLength(3);
    slow.release();
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(slow.releases).toHaveLength(1);
    expect(await runsOf('slow')).toEqual({ succeeded: 1, failed: 0, skipped: 3 });
    slow.release();
  });

  test('survives a task that fails, whichever way, and counts and logs it', async () => {
    const failing = {
      name: 'failing',
      pattern: '* * * * *',
      run: () => {
        throw new Error('out of luck');
      },
    };
    const rejecting = {
      name: 'rejecting',
      pattern: '* * * * *',
      run: () => Promise.reject(new Error('out of reach')),
    };
    const scheduler = create([failing, rejecting]);
    scheduler.start();
    await jest.advanceTimersByTimeAsync(2 * MINUTE);
    expect(await runsOf('failing')).toEqual({ succeeded: 0, failed: 2, skipped: 0 });
    expect(await runsOf('rejecting')).toEqual({ succeeded: 0, failed: 2, skipped: 0 });
    const errors = logs.lines.filter((line) => line.includes(' ERROR '));
    expect(errors.filter((line) => /Task failing failed.*out of luck/.test(line))).toHaveLength(2);
    expect(errors.filter((line) => /Task rejecting failed.*out of reach/.test(line))).toHaveLength(2);
    expect(scheduler.status()[0]?.last_run?.outcome).toBe('failed');
  });

  test('runs a task out of turn and tells how it went', async () => {
    const scheduler = create([{ name: 'asked', pattern: '0 8 * * *', run: async () => 'done' }]);
    expect(await scheduler.runNow('asked')).toBe('succeeded');
    await expect(scheduler.runNow('unknown')).rejects.toThrow(new RangeError('There is no task unknown'));
    expect(await registry.getSingleMetricAsString('task_duration_seconds')).toContain(
      'task_duration_seconds_count{task="asked"} 1',
    );
  });

  test('tells what runs, what ran and what comes next', async () => {
    const held = heldTask('held');
    const scheduler = create([{ ...held.task, pattern: '*/30 * * * *' }]);
    scheduler.start();
    const idle = { name: 'held', pattern: '*/30 * * * *', running: false, last_run: null };
    expect(scheduler.status()).toEqual([{ ...idle, next_run: '2026-03-01T00:00:00.000Z' }]);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(scheduler.status()).toEqual([{ ...idle, running: true, next_run: '2026-03-01T00:30:00.000Z' }]);
    await jest.advanceTimersByTimeAsync(1500);
    held.release();
    await jest.advanceTimersByTimeAsync(0);
    expect(scheduler.status()[0]).toMatchObject({
      running: false,
      last_run: { started_at: '2026-03-01T00:00:00.000Z', duration_seconds: 1.5, outcome: 'succeeded' },
    });
  });

  test('stop waits for the tasks under way', async () => {
    const held = heldTask('held-at-stop');
    const scheduler = create([held.task]);
    scheduler.start();
    await jest.advanceTimersByTimeAsync(MINUTE);
    let drained: boolean | undefined;
    const stopping = scheduler.stop(30).then((value) => {
      drained = value;
    });
    await jest.advanceTimersByTimeAsync(29_000);
    expect(drained).toBeUndefined();
    held.release();
    await stopping;
    expect(drained).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('stop gives up at its deadline and names what still runs', async () => {
    const held = heldTask('held-too-long');
    const scheduler = create([held.task]);
    scheduler.start();
    await jest.advanceTimersByTimeAsync(MINUTE);
    const stopping = scheduler.stop(30);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(await stopping).toBe(false);
    expect(logs.lines.at(-1)).toContain('Tasks still running at the deadline: held-too-long');
    held.release();
  });

  describe('in time', () => {
    const started: string[] = [];
    const run = async (_deps: unknown, { due }: { due: Date }) =>
      void started.push(due.toISOString().slice(5, 16));
    const daily: ScheduledTask = { name: 'daily', pattern: '0 8 * * *', run };
    const hourly: ScheduledTask = { name: 'hourly', pattern: '0 * * * *', run };
    /** A process on the same store, begun at a moment. */
    async function begin(task: ScheduledTask, at: number): Promise<Scheduler> {
      jest.setSystemTime(at);
      const scheduler = createScheduler(deps, { tasks: [task], lease: 30 });
      schedulers.push(scheduler);
      scheduler.start();
      await jest.advanceTimersByTimeAsync(10);
      return scheduler;
    }
    beforeEach(() => {
      started.length = 0;
    });

    test('the last run that was missed is made up for, once', async () => {
      const first = await begin(daily, Date.UTC(2026, 10, 25, 7, 59));
      await first.stop(1);
      const second = await begin(daily, Date.UTC(2026, 10, 28, 8, 10));
      expect(started).toEqual(['11-28T08:00']);
      await second.stop(1);
      const third = await begin(daily, Date.UTC(2026, 10, 28, 8, 20));
      await jest.advanceTimersByTimeAsync(24 * HOUR);
      expect(started).toEqual(['11-28T08:00', '11-29T08:00']);
      expect(await registry.metrics()).toContain(
        `task_last_success_timestamp_seconds{task="daily"} ${Date.UTC(2026, 10, 29, 8) / 1000}\n`,
      );
      await third.stop(1);
    });

    test('nothing is made up for where nothing was missed', async () => {
      const scheduler = await begin(daily, Date.UTC(2026, 10, 28, 8, 10));
      expect(started).toEqual([]);
      await scheduler.stop(1);
      await begin(daily, Date.UTC(2026, 10, 29, 7, 59));
      expect(started).toEqual([]);
    });

    test('what was due a moment before the very first start is made up for', async () => {
      await begin(daily, Date.UTC(2026, 10, 28, 8, 0, 8));
      expect(started).toEqual(['11-28T08:00']);
    });

    test('a run that failed, or whose process died, is made again after a restart', async () => {
      let failing = true;
      const task: ScheduledTask = {
        ...daily,
        run: async (...args) => {
          if (failing) throw new Error('out of luck');
          return run(...args);
        },
      };
      const first = await begin(task, Date.UTC(2026, 10, 28, 7, 59, 59));
      await jest.advanceTimersByTimeAsync(2000);
      failing = false;
      await first.stop(1);
      // As a process leaves it that is killed within its run.
      await deps.stores.ledger.claim('run:daily:2026-11-28T08:00:00.000Z', 'dead', { lease: 30, ttl: 600 });
      await begin(task, Date.UTC(2026, 10, 28, 8, 0, 10));
      expect(started).toEqual([]);
      await jest.advanceTimersByTimeAsync(31_000);
      expect(started).toEqual(['11-28T08:00']);
    });

    test.each([
      ['by a minute', MINUTE],
      ['by three hours', 3 * HOUR],
    ])('a clock that is set back %s has no run made twice, and those after it made', async (_how, step) => {
      await begin(hourly, Date.UTC(2026, 10, 28, 8, 59, 59));
      await jest.advanceTimersByTimeAsync(1500);
      jest.setSystemTime(Date.now() - step);
      await jest.advanceTimersByTimeAsync(step + 61 * MINUTE);
      expect(started.filter((due) => due === '11-28T09:00')).toHaveLength(1);
      expect(started).toContain('11-28T10:00');
      expect(new Set(started).size).toBe(started.length);
    });

    test('two processes on one store make each run once', async () => {
      await Promise.all([
        begin(hourly, Date.UTC(2026, 10, 28, 8, 30)),
        begin(hourly, Date.UTC(2026, 10, 28, 8, 30)),
      ]);
      await jest.advanceTimersByTimeAsync(2 * HOUR);
      expect(started).toEqual(['11-28T09:00', '11-28T10:00']);
    });
  });
});

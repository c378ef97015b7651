import { createRequire } from 'node:module';
import type { Job, JobsOptions, Queue, QueueEvents, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { RedisSettings, TaskSettings } from '../../config.ts';
import { logger } from '../../observability/logger.ts';
import { redact } from '../../observability/redaction.ts';
import { describeError } from '../../observability/serialize.ts';
import { bounded } from '../../redis/bounded.ts';
import { createQueueConnection } from '../../redis/connection.ts';
import { redisErrors } from '../../redis/redis-metrics.ts';
import type { RedisLink } from '../../redis/redis-link.ts';
import { RunMemory } from '../run-memory.ts';
import { SCHEDULE } from '../schedule.ts';
import { runDueAt, type ScheduledTask, type TaskDeps } from '../task.ts';
import type { Scheduler } from '../scheduler.ts';
import { TaskRunner } from '../task-runner.ts';
import { deadLetters, type QueueCounts, registerQueueCounts } from './queue-metrics.ts';
import { countRestored, ScheduleWatch } from './schedule-watch.ts';

const QUEUE = 'tasks';
const CONCURRENCY = 2;
const ATTEMPTS = 5;
const DAY_SECONDS = 86_400;
/** How often a run may be taken from a worker that died at it. */
const MOST_STALLS = 5;
const IDLE_CLOSE_SECONDS = 1;
/** From a failed look for work to the next one. */
const RETRY_FETCH_MS = 1000;
/** How often it is looked whether Redis still holds the schedule. */
const WATCH_SECONDS = 10;

for (const { name } of SCHEDULE) {
  deadLetters.inc({ task: name }, 0);
  countRestored(name, 0);
}

/** Only where there is Redis: without it, a fifth of what the service would read at every start. */
const loadBullMq = () => createRequire(import.meta.url)('bullmq') as typeof import('bullmq');

export interface QueueSchedulerOptions {
  link: RedisLink;
  redis: RedisSettings;
  settings: TaskSettings;
  tasks?: readonly ScheduledTask[];
  /** Seconds between two looks at the schedule. Default 10. */
  watchEvery?: number;
}

interface Entry {
  task: ScheduledTask;
  runner: TaskRunner;
}

/**
 * Runs tasks from a queue in Redis that all processes share: each run is one process's, and goes to
 * another when that one dies or fails at it. What no attempt could do stays among the failed jobs.
 */
export function createQueueScheduler(deps: TaskDeps, options: QueueSchedulerOptions): Scheduler {
  const { link, redis, settings, tasks = SCHEDULE, watchEvery = WATCH_SECONDS } = options;
  const { lockSeconds, retrySeconds } = settings;
  const entries = new Map(tasks.map((task) => [task.name, createEntry(task)]));
  const bullmq = loadBullMq();
  const jobOptions: JobsOptions = {
    attempts: ATTEMPTS,
    backoff: { type: 'exponential', delay: retrySeconds * 1000, jitter: 0.25 },
    removeOnComplete: { age: 7 * DAY_SECONDS, count: 200 },
    removeOnFail: { age: 30 * DAY_SECONDS, count: 500 },
    stackTraceLimit: 1,
  };
  const memory = new RunMemory(deps.stores, tasks);
  const watch = new ScheduleWatch({ queue: () => openQueue(), link, tasks, jobOptions });
  let watching: NodeJS.Timeout | undefined;
  const connections: Redis[] = [];
  let queue: Queue | undefined;
  let events: QueueEvents | undefined;
  let worker: Worker | undefined;
  let stopped = false;

  function connect(name: string): Redis {
    const connection = createQueueConnection(redis.url, name);
    connections.push(connection);
    return connection;
  }

  function openQueue(): Queue {
    if (!queue) {
      queue = new bullmq.Queue(QUEUE, { connection: connect('queue'), prefix: link.keys.queue });
      queue.on('error', countError);
    }
    return queue;
  }

  async function openEvents(): Promise<QueueEvents> {
    if (!events) {
      events = new bullmq.QueueEvents(QUEUE, {
        connection: connect('queue-events'),
        prefix: link.keys.queue,
      });
      events.on('error', countError);
    }
    await events.waitUntilReady();
    return events;
  }

  function openWorker(): Worker {
    const worker = new bullmq.Worker(QUEUE, process, {
      connection: connect('worker'),
      prefix: link.keys.queue,
      concurrency: CONCURRENCY,
      lockDuration: lockSeconds * 1000,
      stalledInterval: lockSeconds * 1000,
      maxStalledCount: MOST_STALLS,
      runRetryDelay: RETRY_FETCH_MS,
      autorun: false,
    });
    worker.on('error', countError);
    worker.on('failed', (job, error) => {
      // One that will be tried again has not finished; one that stalled too often has, at any attempt.
      if (job?.finishedOn === undefined) return;
      deadLetters.inc({ task: job.name });
      logger.error(`Task ${job.name} given up after ${job.attemptsMade} attempts`, {
        job: job.id,
        reason: error.message,
      });
    });
    return worker;
  }

  async function look(): Promise<void> {
    if (!link.up || stopped) return;
    await watch.look();
    // Other processes run them, too.
    for (const { name } of tasks) if (!(await memory.last(name))) await memory.begin(name);
  }

  function keepLooking(): void {
    clearTimeout(watching);
    if (stopped) return;
    const milliseconds = watchEvery * 1000 * (0.75 + Math.random() / 2);
    watching = setTimeout(() => void look().catch(countError).finally(keepLooking), milliseconds).unref();
  }

  async function process(job: Job<{ due?: number }>): Promise<void> {
    const entry = entries.get(job.name);
    // Of another version of this service: that one's workers may know it.
    if (!entry) throw new Error(`There is no task ${job.name}`);
    const { task, runner } = entry;
    const due = new Date(job.data.due ?? job.opts.prevMillis ?? job.timestamp);
    let failure: unknown = new Error('The previous run in this process has not ended');
    const outcome = await runner.run(async () => {
      try {
        await task.run(deps, runDueAt(task, due));
        await memory.remember(task.name, due);
      } catch (error) {
        failure = error;
        throw error;
      }
    });
    // It is kept in Redis.
    if (outcome !== 'succeeded') throw new Error(redact(describeError(failure, { stack: false })));
  }

  async function counts(): Promise<Partial<QueueCounts>> {
    if (!link.up || stopped) return {};
    return bounded(openQueue().getJobCounts(), redis.timeoutSeconds * 1000).catch(() => ({}));
  }

  registerQueueCounts(counts);
  return {
    start() {
      if (worker || stopped) return;
      const opened = openWorker();
      worker = opened;
      link.onUp(() => {
        if (stopped) return;
        // A Redis that refuses its very first commands, as a full one does, ends it.
        if (!opened.isRunning()) opened.run().catch(countError);
        void look().catch(countError).finally(keepLooking);
      });
      deps.courier.start();
      logger.info(`Worker started: ${entries.size} tasks from the shared queue`);
    },
    async runNow(name) {
      if (!entries.has(name)) throw new RangeError(`There is no task ${name}`);
      if (stopped) return 'skipped';
      const finished = await openEvents();
      const job = await openQueue().add(name, {}, jobOptions);
      return job.waitUntilFinished(finished).then(
        () => 'succeeded' as const,
        () => 'failed' as const,
      );
    },
    // Before the first look nobody can say otherwise.
    complete: () => !worker || !link.up || !watch.looked || tasks.every(({ name }) => watch.standing(name)),
    status: () =>
      [...entries.values()].map(({ task, runner }) => {
        const standing = link.up && !stopped ? watch.standing(task.name) : undefined;
        return {
          name: task.name,
          pattern: standing?.pattern ?? task.pattern,
          running: runner.current !== undefined,
          last_run: runner.last,
          next_run: standing ? new Date(standing.next).toISOString() : null,
        };
      }),
    async stop(deadlineSeconds) {
      stopped = true;
      clearTimeout(watching);
      const courier = deps.courier.stop();
      const closing = Promise.all([courier, worker?.close()]).then(() => true);
      const isBusy = () => [...entries.values()].some(({ runner }) => runner.current);
      // Without work under way all that can hold it up is a Redis that is away.
      const seconds = isBusy() ? deadlineSeconds : Math.min(deadlineSeconds, IDLE_CLOSE_SECONDS);
      const closed = await bounded(closing, seconds * 1000).catch(() => false);
      const drained = closed || !isBusy();
      if (!drained) {
        logger.warn('Tasks still running at the deadline: another worker will run them again');
      }
      if (!closed) worker?.close(true).catch(() => undefined);
      for (const part of [queue, events]) part?.close().catch(() => undefined);
      for (const connection of connections) connection.disconnect();
      return drained;
    },
  };
}

/** The link says once that Redis is away; this part says it at every try. */
function countError(): void {
  redisErrors.inc({ operation: 'queue' });
}

function createEntry(task: ScheduledTask): Entry {
  deadLetters.inc({ task: task.name }, 0);
  return { task, runner: new TaskRunner(task.name) };
}

import { Cron } from 'croner';
import { logger } from '../observability/logger.ts';
import { SCHEDULE, type ScheduledTask, type TaskDeps } from './schedule.ts';
import { type LastRun, type TaskOutcome, TaskRunner } from './task-runner.ts';

export interface TaskStatus {
  name: string;
  pattern: string;
  running: boolean;
  last_run: LastRun | null;
  /** ISO 8601; null while the scheduler is not started. */
  next_run: string | null;
}

export interface Scheduler {
  /** Starts the clock; without effect when it runs already or is stopped for good. */
  start(): void;
  /** Runs a task now, out of turn. Rejects for an unknown name alone. @throws {RangeError} */
  runNow(name: string): Promise<TaskOutcome>;
  status(): TaskStatus[];
  /**
   * Stops the clock for good and waits for the tasks under way, at most `deadlineSeconds`.
   * @returns whether all of them ended
   */
  stop(deadlineSeconds: number): Promise<boolean>;
}

interface Entry {
  task: ScheduledTask;
  runner: TaskRunner;
  job: Cron;
}

/**
 * Runs tasks in this process on their schedule, in UTC. A task whose previous run has not ended is
 * skipped. Its timers do not keep the process alive.
 */
export function createScheduler(deps: TaskDeps, tasks: readonly ScheduledTask[] = SCHEDULE): Scheduler {
  let started = false;
  let stopped = false;
  const entries = new Map(tasks.map((task) => [task.name, createEntry(task, deps)]));

  return {
    start() {
      if (started || stopped) return;
      started = true;
      for (const { job } of entries.values()) job.resume();
      logger.info(`Scheduler started: ${entries.size} tasks`);
    },
    async runNow(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new RangeError(`There is no task ${name}`);
      return stopped ? 'skipped' : entry.runner.run();
    },
    status: () =>
      [...entries.values()].map(({ task, runner, job }) => ({
        name: task.name,
        pattern: task.pattern,
        running: runner.current !== undefined,
        last_run: runner.last,
        next_run: started && !stopped ? (job.nextRun()?.toISOString() ?? null) : null,
      })),
    async stop(deadlineSeconds) {
      stopped = true;
      for (const { job } of entries.values()) job.stop();
      return drain(
        [...entries.values()].map(({ runner }) => runner),
        deadlineSeconds,
      );
    },
  };
}

function createEntry(task: ScheduledTask, deps: TaskDeps): Entry {
  const runner = new TaskRunner(task.name, () => task.run(deps));
  const options = { utcOffset: 0, mode: '5-part', paused: true, unref: true } as const;
  const job = new Cron(task.pattern, options, async () => {
    await runner.run();
  });
  return { task, runner, job };
}

async function drain(runners: readonly TaskRunner[], deadlineSeconds: number): Promise<boolean> {
  const running = runners.flatMap(({ current }) => (current ? [current] : []));
  const ended = Promise.all(running).then(() => true);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, deadlineSeconds * 1000, false);
  });
  const drained = await Promise.race([ended, late]);
  clearTimeout(timer);
  if (!drained) {
    const names = runners.filter(({ current }) => current).map(({ name }) => name);
    logger.warn(`Tasks still running at the deadline: ${names.join(', ')}`);
  }
  return drained;
}

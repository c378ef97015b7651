import { randomUUID } from 'node:crypto';
import { Cron } from 'croner';
import { logger } from '../observability/logger.ts';
import { describeError } from '../observability/serialize.ts';
import { RunMemory } from './run-memory.ts';
import { SCHEDULE } from './schedule.ts';
import { runDueAt, type ScheduledTask, type TaskDeps, type TaskRun } from './task.ts';
import { type LastRun, type TaskOutcome, TaskRunner } from './task-runner.ts';

export interface TaskStatus {
  name: string;
  pattern: string;
  running: boolean;
  last_run: LastRun | null;
  /** ISO 8601; null while the scheduler is not started, and where nothing stands on the schedule. */
  next_run: string | null;
}

export interface Scheduler {
  /** Starts the clock; without effect when it runs already or is stopped for good. */
  start(): void;
  /** Runs a task now, out of turn. Rejects for an unknown name alone. @throws {RangeError} */
  runNow(name: string): Promise<TaskOutcome>;
  /** Whether all tasks stand on the schedule. */
  complete(): boolean;
  status(): TaskStatus[];
  /**
   * Stops the clock for good and waits for the tasks under way, at most `deadlineSeconds`.
   * @returns whether all of them ended
   */
  stop(deadlineSeconds: number): Promise<boolean>;
}

/** Times in seconds. */
export interface SchedulerOptions {
  tasks?: readonly ScheduledTask[];
  /** How long a run is left to a process that gives no sign of life. Default 30. */
  lease?: number;
}

interface Entry {
  task: ScheduledTask;
  runner: TaskRunner;
  job: Cron;
}

/** Without a memory of earlier runs, what was due so shortly before the start counts as missed. */
const JUST_MISSED_MS = 60_000;
/** For how long it is known that a run was made: beyond any step of the clock back into it. */
const REMEMBER_SECONDS = 14 * 86_400;

/**
 * Runs tasks in this process on their schedule, in UTC. Each due moment has one run, also where the clock is set
 * back or two processes share a store; the last one that was missed while no process was there is made up for.
 * A task whose previous run has not ended is skipped. Its timers do not keep the process alive.
 */
export function createScheduler(
  deps: TaskDeps,
  { tasks = SCHEDULE, lease = 30 }: SchedulerOptions = {},
): Scheduler {
  const owner = randomUUID();
  const memory = new RunMemory(deps.stores, tasks);
  const { ledger } = deps.stores;
  const timers = new Set<NodeJS.Timeout>();
  let started = false;
  let stopped = false;
  const entries = new Map(tasks.map((task) => [task.name, createEntry(task)]));

  function createEntry(task: ScheduledTask): Entry {
    const runner = new TaskRunner(task.name);
    const options = { utcOffset: 0, mode: '5-part', paused: true, unref: true } as const;
    const job: Cron = new Cron(task.pattern, options, async () => {
      await runDue({ task, runner, job }, lastDue(job) ?? new Date());
    });
    return { task, runner, job };
  }

  /** @returns false when another process has the run in hand */
  async function runDue({ task, runner }: Entry, due: Date): Promise<boolean> {
    const what = `run:${task.name}:${due.toISOString()}`;
    const times = { lease, ttl: REMEMBER_SECONDS };
    const claim = await ledger.claim(what, owner, times).catch((error: unknown) => {
      // Rather twice than never: what a run sends is noted by itself.
      logger.warn(`Task ${task.name} runs unnoted`, { reason: describeError(error, { stack: false }) });
      return { state: 'ours' as const };
    });
    if (claim.state !== 'ours') return claim.state === 'done';
    if (stopped) return true;
    // The owner's sign of life.
    const renewal = setInterval(
      () => void ledger.claim(what, owner, times).catch(() => undefined),
      (lease * 1000) / 3,
    ).unref();
    timers.add(renewal);
    try {
      const outcome = await runner.run(() => task.run(deps, runDueAt(task, due)));
      if (outcome === 'succeeded') {
        await memory.remember(task.name, due);
        await ledger.done(what, REMEMBER_SECONDS);
      } else await ledger.release(what, owner);
    } catch (error) {
      logger.warn(`Task ${task.name} ran unnoted`, { reason: describeError(error, { stack: false }) });
    } finally {
      timers.delete(renewal);
      clearInterval(renewal);
    }
    return true;
  }

  async function makeUp(entry: Entry): Promise<void> {
    const due = lastDue(entry.job);
    const last = await memory.last(entry.task.name);
    if (!last) await memory.begin(entry.task.name);
    if (!due || stopped) return;
    const wasMissed = last
      ? Date.parse(last.due) < due.getTime()
      : Date.now() - due.getTime() < JUST_MISSED_MS;
    if (!wasMissed || (await runDue(entry, due))) return;
    // Whoever was at it may have died at it.
    const again = setTimeout(
      () => {
        timers.delete(again);
        void makeUp(entry).catch(warnOfMemory);
      },
      lease * 1000 + 1,
    ).unref();
    timers.add(again);
  }

  return {
    start() {
      if (started || stopped) return;
      started = true;
      for (const entry of entries.values()) {
        entry.job.resume();
        void makeUp(entry).catch(warnOfMemory);
      }
      deps.courier.start();
      logger.info(`Scheduler started: ${entries.size} tasks`);
    },
    async runNow(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new RangeError(`There is no task ${name}`);
      if (stopped) return 'skipped';
      const due = new Date();
      const outcome = await entry.runner.run(() => entry.task.run(deps, runNowAt(entry.task, due)));
      // It makes up for what was due before.
      if (outcome === 'succeeded') await memory.remember(name, due).catch(warnOfMemory);
      return outcome;
    },
    complete: () => true,
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
      for (const timer of timers) clearTimeout(timer);
      const courier = deps.courier.stop();
      const runners = [...entries.values()].map(({ runner }) => runner);
      return drain(runners, courier, deadlineSeconds);
    },
  };
}

/** The due moment that has just come, or came last. */
function lastDue(job: Cron): Date | undefined {
  return job.previousRuns(1, new Date(Date.now() + 1))[0];
}

function runNowAt(task: ScheduledTask, due: Date): TaskRun {
  return { scope: `${task.name}:${randomUUID()}`, due };
}

function warnOfMemory(error: unknown): void {
  logger.warn('It is not known which runs were missed', { reason: describeError(error, { stack: false }) });
}

async function drain(
  runners: readonly TaskRunner[],
  courier: Promise<void>,
  deadlineSeconds: number,
): Promise<boolean> {
  const running = runners.flatMap(({ current }) => (current ? [current] : []));
  const ended = Promise.all([courier, ...running]).then(() => true);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, deadlineSeconds * 1000, false);
  });
  const drained = await Promise.race([ended, late]);
  clearTimeout(timer);
  if (!drained) {
    const names = runners.filter(({ current }) => current).map(({ name }) => name);
    logger.warn(`Tasks still running at the deadline: ${names.join(', ') || 'the outbox'}`);
  }
  return drained;
}

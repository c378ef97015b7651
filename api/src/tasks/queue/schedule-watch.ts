import type { JobsOptions, Queue } from 'bullmq';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Counter } from 'prom-client';
import { logger } from '../../observability/logger.ts';
import { registry } from '../../observability/prometheus.ts';
import type { RedisLink } from '../../redis/redis-link.ts';
import type { ScheduledTask } from '../task.ts';
import { isOnSchedule, putOnSchedule, type StandingScheduler } from './put-on-schedule.ts';

/** What Redis holds of one task's schedule. */
export interface Standing {
  pattern: string;
  /** Unix time in milliseconds. */
  next: number;
}

export interface ScheduleWatchOptions {
  queue: () => Queue;
  link: RedisLink;
  tasks: readonly ScheduledTask[];
  jobOptions: JobsOptions;
}

/** How long a deployment counts as in use without a sign of life. */
const ALIVE_MS = 60_000;
/** A job that runs at this moment has its successor a moment later. */
const LOOK_AGAIN_MS = 300;

// KEYS: schedules. ARGV: this deployment's, since when it is known (empty: now), milliseconds of life.
// Each field holds since when a schedule is in use, and when it was last seen.
const REGISTER = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = string.match(redis.call('HGET', KEYS[1], ARGV[1]) or '', '^(%d+) ')
local since = ARGV[2] ~= '' and ARGV[2] or known or string.format('%.0f', now)
redis.call('HSET', KEYS[1], ARGV[1], since .. ' ' .. string.format('%.0f', now))
local newest, latest = ARGV[1], tonumber(since)
local all = redis.call('HGETALL', KEYS[1])
for index = 1, #all, 2 do
  local begun, seen = string.match(all[index + 1], '^(%d+) (%d+)$')
  if not seen or tonumber(seen) < now - tonumber(ARGV[3]) then
    redis.call('HDEL', KEYS[1], all[index])
  elseif tonumber(begun) > latest or (tonumber(begun) == latest and all[index] > newest) then
    newest, latest = all[index], tonumber(begun)
  end
end
redis.call('PEXPIRE', KEYS[1], 86400000)
return { since, newest == ARGV[1] and 1 or 0 }`;

const restored = new Counter({
  name: 'task_schedulers_restored_total',
  help: 'Schedulers of tasks that Redis had lost and that were put back',
  labelNames: ['task'],
  registers: [registry],
});

export function countRestored(task: string, times = 1): void {
  restored.inc({ task }, times);
}

/**
 * Keeps what stands on the shared schedule as the newest deployment wants it: puts back what Redis has lost, takes
 * away what no task belongs to. Processes of one deployment say the same; those of an older one, as during a rolling
 * update, leave the schedule alone. A deployment is as new as its first process.
 */
export class ScheduleWatch {
  readonly #options: ScheduleWatchOptions;
  readonly #digest: string;
  #since = '';
  #standing = new Map<string, Standing>();
  #looks = 0;

  constructor(options: ScheduleWatchOptions) {
    this.#options = options;
    const wanted = options.tasks.map(({ name, pattern }) => [name, pattern]);
    const text = JSON.stringify([wanted, options.jobOptions]);
    this.#digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
    for (const { name } of options.tasks) countRestored(name, 0);
  }

  /** What stood on the schedule at the last look. */
  standing(task: string): Standing | undefined {
    return this.#standing.get(task);
  }

  /** Whether it has looked at all. */
  get looked(): boolean {
    return this.#looks > 0;
  }

  /** Looks, and puts right what is wrong. @throws what Redis says against it */
  async look(): Promise<void> {
    const { queue, tasks } = this.#options;
    const before = this.#standing;
    const isNewest = await this.#register();
    const schedulers = (await queue().getJobSchedulers(0, -1)) as StandingScheduler[];
    if (isNewest) {
      await this.#removeUnknown(schedulers);
      const lost: string[] = [];
      for (const task of tasks) if (await this.#putBack(task, before.get(task.name))) lost.push(task.name);
      if (lost.length > 0)
        logger.warn('Redis had lost what stood on the schedule: it is put back', { tasks: lost });
    }
    const now = isNewest ? ((await queue().getJobSchedulers(0, -1)) as StandingScheduler[]) : schedulers;
    this.#standing = new Map(
      now.flatMap(({ key, pattern, next }) => (pattern && next ? [[key, { pattern, next }]] : [])),
    );
    this.#looks += 1;
  }

  async #register(): Promise<boolean> {
    const { link } = this.#options;
    const reply = await link.run('schedule', (redis) =>
      redis.eval(REGISTER, 1, `${link.keys.queue}:schedules`, this.#digest, this.#since, ALIVE_MS),
    );
    const [since, isNewest] = reply as [string, number];
    this.#since = since;
    return isNewest === 1;
  }

  async #removeUnknown(schedulers: readonly StandingScheduler[]): Promise<void> {
    const known = new Set(this.#options.tasks.map(({ name }) => name));
    for (const { key } of schedulers) {
      if (known.has(key)) continue;
      await this.#options.queue().removeJobScheduler(key);
      logger.info(`Task ${key} is taken off the schedule: there is no such task any more`);
    }
  }

  /** @returns whether it was lost */
  async #putBack(task: ScheduledTask, before: Standing | undefined): Promise<boolean> {
    const { jobOptions } = this.#options;
    const queue = this.#options.queue();
    if (await isOnSchedule(queue, task, jobOptions)) return false;
    if (this.#looks > 0) {
      await delay(LOOK_AGAIN_MS);
      if (await isOnSchedule(queue, task, jobOptions)) return false;
    }
    const isLost = before !== undefined && before.pattern === task.pattern;
    await putOnSchedule(queue, task, jobOptions);
    if (!isLost) return false;
    countRestored(task.name);
    if (before.next > Date.now()) return true;
    // It was due while it was lost. Under this id it is run once, whoever puts it back.
    const jobId = `missed-${task.name}-${before.next}`;
    await queue.add(task.name, { due: before.next }, { ...jobOptions, jobId });
    return true;
  }
}

import { isDeepStrictEqual } from 'node:util';
import type { JobSchedulerTemplateOptions, Queue } from 'bullmq';
import type { ScheduledTask } from '../task.ts';

const TIME_ZONE = 'UTC';

/** What the queue says of a scheduler. */
export type StandingScheduler = NonNullable<Awaited<ReturnType<Queue['getJobScheduler']>>>;

type Task = Pick<ScheduledTask, 'name' | 'pattern'>;

/** Whether a task stands on the queue's schedule as it should, with its next run. */
export async function isOnSchedule(
  queue: Queue,
  { name, pattern }: Task,
  opts: JobSchedulerTemplateOptions,
): Promise<boolean> {
  const standing = await queue.getJobScheduler(name);
  if (standing?.next === undefined || standing.pattern !== pattern || standing.tz !== TIME_ZONE) return false;
  if (!isDeepStrictEqual(standing.template?.opts, JSON.parse(JSON.stringify(opts)))) return false;
  const nextRun = await queue.getJob(`repeat:${name}:${standing.next}`);
  return nextRun !== undefined && nextRun.finishedOn === undefined;
}

/**
 * Has the queue run a task on its schedule. Whoever starts says the same: it stands once, however many say it.
 * What stands as it should is left alone, since saying it again would drop a run that was due while no worker was
 * there.
 */
export async function putOnSchedule(
  queue: Queue,
  task: Task,
  opts: JobSchedulerTemplateOptions,
): Promise<void> {
  if (await isOnSchedule(queue, task, opts)) return;
  const { name, pattern } = task;
  await queue.upsertJobScheduler(name, { pattern, tz: TIME_ZONE }, { name, opts });
}

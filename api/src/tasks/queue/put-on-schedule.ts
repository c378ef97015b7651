import { isDeepStrictEqual } from 'node:util';
import type { JobSchedulerTemplateOptions, Queue } from 'bullmq';
import type { ScheduledTask } from '../schedule.ts';

const TIME_ZONE = 'UTC';

/**
 * Has the queue run a task on its schedule. Whoever starts says the same: it stands once, however many
 * say it. What stands as it should is left alone, since saying it again would drop a run that was due
 * while no worker was there.
 */
export async function putOnSchedule(
  queue: Queue,
  { name, pattern }: Pick<ScheduledTask, 'name' | 'pattern'>,
  opts: JobSchedulerTemplateOptions,
): Promise<void> {
  const standing = await queue.getJobScheduler(name);
  if (standing?.next !== undefined && standing.pattern === pattern && standing.tz === TIME_ZONE) {
    const sameOptions = isDeepStrictEqual(standing.template?.opts, JSON.parse(JSON.stringify(opts)));
    const nextRun = await queue.getJob(`repeat:${name}:${standing.next}`);
    if (sameOptions && nextRun && nextRun.finishedOn === undefined) return;
  }
  await queue.upsertJobScheduler(name, { pattern, tz: TIME_ZONE }, { name, opts });
}

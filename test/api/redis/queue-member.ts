import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { RedisLink } from '../../../api/src/redis/redis-link.ts';
import { createQueueScheduler } from '../../../api/src/tasks/queue/queue-scheduler.ts';
import type { ScheduledTask, TaskDeps } from '../../../api/src/tasks/schedule.ts';
import type { Scheduler } from '../../../api/src/tasks/scheduler.ts';
import type { RedisServer } from '../../support/redis.ts';

export const LOCK_SECONDS = 1;

export interface QueueMember {
  link: RedisLink;
  scheduler: Scheduler;
  leave: () => Promise<void>;
}

/** One process's part in the queue, connecting. */
export function joinQueue(
  redis: Pick<RedisServer, 'url'>,
  { prefix, deps, tasks }: { prefix: string; deps: TaskDeps; tasks?: readonly ScheduledTask[] },
): QueueMember {
  const settings = { url: redis.url, prefix, timeoutSeconds: 2, pollSeconds: 30 };
  const link = new RedisLink(settings);
  link.start();
  const scheduler = createQueueScheduler(deps, {
    link,
    redis: settings,
    settings: { enabled: true, lockSeconds: LOCK_SECONDS, retrySeconds: 0.05 },
    tasks,
  });
  const leave = async () => {
    await scheduler.stop(1);
    link.stop();
  };
  return { link, scheduler, leave };
}

/** The queue as an operator's tool sees it. */
export function inspectQueue(
  redis: RedisServer,
  prefix: string,
): { queue: Queue; close: () => Promise<void> } {
  const connection = new Redis(redis.port, '127.0.0.1', { maxRetriesPerRequest: null });
  const queue = new Queue('tasks', { connection, prefix: `${prefix}:{queue}` });
  const close = async () => {
    await queue.close();
    connection.disconnect();
  };
  return { queue, close };
}

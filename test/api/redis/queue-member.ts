import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { RedisLink } from '../../../api/src/redis/redis-link.ts';
import { createQueueScheduler } from '../../../api/src/tasks/queue/queue-scheduler.ts';
import { createRedisStores } from '../../../api/src/redis/redis-stores.ts';
import { Courier, type CourierDeps } from '../../../api/src/tasks/delivery/courier.ts';
import type { ScheduledTask } from '../../../api/src/tasks/task.ts';
import type { Scheduler } from '../../../api/src/tasks/scheduler.ts';
import type { RedisServer } from '../../support/redis.ts';

export const LOCK_SECONDS = 1;

export interface QueueMemberOptions {
  prefix: string;
  clients: Omit<CourierDeps, 'stores'>;
  tasks?: readonly ScheduledTask[];
  watchEvery?: number;
}

export interface QueueMember {
  link: RedisLink;
  scheduler: Scheduler;
  leave: () => Promise<void>;
}

/** One process's part in the queue, connecting. */
export function joinQueue(
  redis: Pick<RedisServer, 'url'>,
  { prefix, clients, tasks, watchEvery }: QueueMemberOptions,
): QueueMember {
  const settings = { url: redis.url, prefix, timeoutSeconds: 20, pollSeconds: 30 };
  const link = new RedisLink(settings);
  link.start();
  const stores = createRedisStores(link);
  const { n8n, notion } = clients;
  const options = { lease: LOCK_SECONDS, retryAfter: 0.05, lookEvery: 0.2 };
  const courier = new Courier({ stores, n8n, notion }, options);
  const scheduler = createQueueScheduler(
    { stores, courier },
    {
      link,
      redis: settings,
      settings: { enabled: true, lockSeconds: LOCK_SECONDS, retrySeconds: 0.05 },
      tasks,
      watchEvery,
    },
  );
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

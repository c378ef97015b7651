import { once } from 'node:events';
import { Queue, QueueEvents } from 'bullmq';
import { Redis } from 'ioredis';

const TIMEOUT_MS = 20_000;

/**
 * Puts one analysis into the queue of a fleet, out of turn, and waits for a worker to finish it.
 * @throws when none has after 20 seconds
 */
export async function analyze(redisUrl: string, prefix: string): Promise<void> {
  const connections = [1, 2].map(() => new Redis(redisUrl, { maxRetriesPerRequest: null }));
  const [one, other] = connections;
  if (!one || !other) throw new Error('No connections');
  const where = `${prefix}:{queue}`;
  const queue = new Queue('tasks', { connection: one, prefix: where });
  const events = new QueueEvents('tasks', { connection: other, prefix: where });
  try {
    await events.waitUntilReady();
    const job = await queue.add('analyzePerformance', {});
    await job.waitUntilFinished(events, TIMEOUT_MS);
  } finally {
    await Promise.all([queue.close(), events.close()]);
    for (const connection of connections) {
      connection.disconnect();
      if (connection.status !== 'end') await once(connection, 'end');
    }
  }
}

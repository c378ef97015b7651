import { createRequire } from 'node:module';
import type { Redis, RedisOptions } from 'ioredis';

const CONNECT_TIMEOUT_MS = 2000;
/** A connection on which an answer is this late is taken for dead and made anew. */
const SILENCE_MS = 3000;
const RETRY_MS = { first: 20, most: 1000 };

/** How connections behave here: quick to notice and to come back, and never holding commands up. */
const FAIL_FAST: RedisOptions = {
  lazyConnect: true,
  connectTimeout: CONNECT_TIMEOUT_MS,
  socketTimeout: SILENCE_MS,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  retryStrategy: reconnectDelay,
  // What was the primary is a replica now: the address leads to another server next time.
  reconnectOnError: (error) => error.message.startsWith('READONLY'),
};

/** Longer than any command that BullMQ has Redis hold back, which is 10 s. */
const BLOCKED_SILENCE_MS = 15_000;

/** How connections of a queue differ: they wait for Redis as long as it takes, since the work is there. */
const WAITING: RedisOptions = {
  // BullMQ gives up for good on one whose first attempt it makes itself and sees fail.
  lazyConnect: false,
  maxRetriesPerRequest: null,
  enableOfflineQueue: true,
  autoResendUnfulfilledCommands: true,
  socketTimeout: BLOCKED_SILENCE_MS,
};

/**
 * A connection that is opened by its `connect()`, by nothing else. Its errors are the caller's to
 * hear: without an `error` listener ioredis prints them.
 */
export function createConnection(url: string, name: string): Redis {
  return new (ioredis().Redis)(url, { ...FAIL_FAST, connectionName: name });
}

/** A connection for BullMQ, which opens at once. */
export function createQueueConnection(url: string, name: string): Redis {
  const connection = new (ioredis().Redis)(url, { ...FAIL_FAST, ...WAITING, connectionName: name });
  // BullMQ hears its errors, but only until it is closed, and where it waits for events those of its own copy alone.
  return connection.on('error', () => undefined);
}

/** Not before it is needed: a process without Redis starts faster, and smaller. */
function ioredis() {
  return createRequire(import.meta.url)('ioredis') as typeof import('ioredis');
}

/** Milliseconds until the next attempt, jittered: processes that lost Redis together come back apart. */
export function reconnectDelay(attempt: number): number {
  const ceiling = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** (attempt - 1));
  return Math.ceil(ceiling * (0.5 + Math.random() / 2));
}

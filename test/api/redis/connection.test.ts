import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createQueueConnection } from '../../../api/src/redis/connection.ts';

// BullMQ waits for events on a copy of what it is given, and hears the errors of the copy alone. What nobody hears,
// ioredis prints on stderr, between the lines of the log; not under jest, whose Error is another one.
test('a queue’s connection has somebody who hears its errors', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connection = createQueueConnection(`redis://127.0.0.1:${port}`, 'queue-events');
  expect(connection.listenerCount('error')).toBeGreaterThan(0);
  connection.disconnect();
  server.close();
});

import express from 'express';
import { createHttpServer } from '../../../api/src/server/http-server.ts';
import { errorHandler } from '../../../api/src/middleware/error-handler.ts';
import { requestId } from '../../../api/src/middleware/request-id.ts';
import { shedLoad } from '../../../api/src/middleware/shed-load.ts';
import { eventLoopDelaySeconds } from '../../../api/src/observability/event-loop-delay.ts';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { captureLogs } from '../../support/log-capture.ts';

test('a loop that stands still is late at once, whoever asks first', () => {
  eventLoopDelaySeconds();
  const end = performance.now() + 350;
  while (performance.now() < end);
  expect(eventLoopDelaySeconds()).toBeGreaterThanOrEqual(0.25);
});

test('requests are turned away while the loop is later than allowed', async () => {
  const logs = captureLogs();
  let delay = 0;
  const app = express().use(
    requestId,
    shedLoad(0.5, () => delay),
  );
  app.get('/', (_req, res) => void res.json({})).use(errorHandler);
  const { server } = createHttpServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  expect((await fetch(url)).status).toBe(200);
  delay = 0.51;
  const late = await fetch(url);
  expect(late.status).toBe(503);
  expect(late.headers.get('Retry-After')).toBe('1');
  expect(await late.json()).toMatchObject({ detail: 'The service is overloaded' });
  delay = 0.5;
  expect((await fetch(url)).status).toBe(200);

  server.close();
  server.closeAllConnections();
  logs.stop();
});

test('without a limit nothing is turned away', () => {
  const next: unknown[] = [];
  const handler = shedLoad(0, () => Number.POSITIVE_INFINITY);
  void handler({} as never, {} as never, (error) => next.push(error));
  expect(next).toEqual([undefined]);
});

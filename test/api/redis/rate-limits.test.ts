import { rateLimit } from 'express-rate-limit';
import express from 'express';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { FleetRateLimitStore } from '../../../api/src/redis/rate-limit-store.ts';
import { RedisLink } from '../../../api/src/redis/redis-link.ts';
import { eventually } from '../../support/eventually.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';
import { describeWithRedis, type RedisServer, startRedis } from '../../support/redis.ts';

describeWithRedis('rate limits in Redis', () => {
  let logs: LogCapture;
  let redis: RedisServer;
  const closing: (() => unknown)[] = [];

  beforeAll(async () => {
    logs = captureLogs();
    redis = await startRedis();
  });
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });
  afterAll(async () => {
    await redis.stop();
    logs.stop();
  });

  /** One process's limit of three requests, behind a server of its own. */
  async function limited(prefix: string): Promise<{ link: RedisLink; ask: () => Promise<number> }> {
    const link = new RedisLink({ url: redis.url, prefix, timeoutSeconds: 1, pollSeconds: 30 });
    const store = new FleetRateLimitStore(link, 'chat');
    const app = express().use(rateLimit({ limit: 3, windowMs: 60_000, store, keyGenerator: () => 'user-1' }));
    app.get('/', (_req, res) => void res.end());
    const server: Server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    closing.push(
      () => server.close(),
      () => server.closeAllConnections(),
      () => link.stop(),
    );
    link.start();
    const { port } = server.address() as AddressInfo;
    return { link, ask: async () => (await fetch(`http://127.0.0.1:${port}/`)).status };
  }

  test('count the requests of all processes together', async () => {
    const [one, other] = await Promise.all([limited('together'), limited('together')]);
    await eventually('both are connected', () => one.link.up && other.link.up);
    const statuses = await Promise.all([one.ask(), other.ask(), one.ask(), other.ask(), other.ask()]);
    expect(statuses.sort()).toEqual([200, 200, 200, 429, 429]);
    const [counter = '', ...others] = await redis.client.keys('together:limit:*');
    expect([counter, others]).toEqual(['together:limit:chat:user-1', []]);
    expect(await redis.client.pttl(counter)).toBeGreaterThan(0);
  });

  test('go on counting in a Redis that has forgotten their scripts', async () => {
    const { link, ask } = await limited('flushed');
    await eventually('connected', () => link.up);
    expect(await ask()).toBe(200);
    logs.lines.length = 0;
    await redis.client.script('FLUSH');
    expect(await ask()).toBe(200);
    expect(await redis.client.get('flushed:limit:chat:user-1')).toBe('2');
    expect(logs.lines).toEqual([]);
  });

  test('hold in each process alone while Redis is away, and together again afterwards', async () => {
    const { link, ask } = await limited('alone');
    await eventually('connected', () => link.up);
    expect(await ask()).toBe(200);
    await redis.kill();
    await eventually('missed', () => !link.up);
    const statuses = [await ask(), await ask(), await ask(), await ask()];
    expect(statuses).toEqual([200, 200, 200, 429]);
    await redis.start();
    await eventually('back', () => link.up);
    expect(await ask()).toBe(200);
    expect(await redis.client.get('alone:limit:chat:user-1')).toBe('1');
  });
});

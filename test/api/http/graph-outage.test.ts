import { setTimeout as delay } from 'node:timers/promises';
import { startApp, type TestApp } from '../../support/app.ts';

const WAVES = 10;
const AT_ONCE = 40;

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ warm: true });
});
afterAll(() => app.stop());

const read = () => app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' });

test('while Facebook is down answers stay typed and Facebook is left alone; it recovers without a restart', async () => {
  app.graph.faults.add({ kind: 'reset' });
  const before = app.graph.journal.count();
  const types = new Set<string>();
  for (let wave = 0; wave < WAVES; wave++) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, read));
    for (const { status, headers, body } of answers) {
      expect(status).toBe(503);
      expect(headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
      types.add(body.type);
    }
  }
  expect([...types]).toContain('/docs/errors#graph-down');
  const calls = app.graph.journal.count() - before;
  expect(calls).toBeLessThan((WAVES * AT_ONCE) / 2);
  expect((await app.request('GET', '/readyz')).status).toBe(200);
  expect((await app.request('GET', '/health')).status).toBe(200);

  app.graph.faults.clear();
  let answer = await read();
  for (let tries = 0; answer.status !== 200 && tries < 100; tries++) {
    await delay(100);
    answer = await read();
  }
  expect(answer.status).toBe(200);
  expect(app.graph.journal.validations()).toBe(1);
});

import { connect } from 'node:net';
import { eventually } from '../../support/eventually.ts';
import { startApp, type TestApp } from '../../support/app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ warm: true });
});
afterAll(() => app.stop());

test('a caller that hangs up cancels its calls to Facebook: those under way, and those not begun', async () => {
  app.graph.faults.add({ kind: 'hang', route: 'campaigns' });
  app.graph.faults.add({ kind: 'hang', route: 'account_insights' });
  app.graph.journal.clear();
  const { hostname, port } = new URL(app.url);
  const callers = Array.from({ length: 40 }, () => {
    const socket = connect(Number(port), hostname);
    socket.write(
      `GET /api/v1/analytics/dashboard HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${app.tokens.user}\r\n\r\n`,
    );
    return socket;
  });
  // As many as there are connections to Facebook; the others wait for one.
  await app.graph.journal.until((journal) => journal.count() >= 64);
  for (const socket of callers) socket.destroy();
  // Each dashboard asks for campaigns, their delivery and the account's total.
  await eventually('all are cancelled', async () => {
    const { text } = await app.request('GET', '/metrics');
    const aborted = [
      ...text.matchAll(/facebook_graph_requests_total\{edge="\w+",outcome="aborted"\} (\d+)/g),
    ];
    return aborted.reduce((sum, [, count]) => sum + Number(count), 0) === 120;
  });
  expect(app.graph.journal.count()).toBe(64);
  expect(app.logs.some((line) => / (ERROR|WARN) /.test(line))).toBe(false);
  app.graph.faults.clear();
  expect((await app.request('GET', '/api/v1/analytics/dashboard', { as: 'user' })).status).toBe(200);
});

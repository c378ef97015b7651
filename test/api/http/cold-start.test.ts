import { startApp, type TestApp } from '../../support/app.ts';

let app: TestApp;

beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.stop());

const invalidate = () => app.request('POST', '/admin/invalidate-cache', { as: 'admin' });

test('200 requests at once on a cold cache make one agent', async () => {
  const hold = app.graph.faults.add({ kind: 'hang', route: 'debug_token', times: 1 });
  const requests = Array.from({ length: 200 }, (_, index) =>
    app.request('GET', index % 2 ? '/api/v1/campaigns?limit=1' : '/api/v1/analytics/trends', { as: 'user' }),
  );
  await app.graph.journal.until(({ requests: seen }) => seen.length > 0);
  hold.clear();
  const statuses = new Set((await Promise.all(requests)).map(({ status }) => status));
  expect(statuses).toEqual(new Set([200]));
  expect(app.graph.journal.validations()).toBe(1);
  expect(app.graph.journal.count('account')).toBe(1);
  expect((await app.request('GET', '/health/agent-cache')).body.creation_count).toBe(1);
  expect(app.logs.filter((line) => line.includes('Creating new FacebookAdsAgent instance'))).toHaveLength(1);
});

test('the first requester is not in the log lines of the agent that all share', async () => {
  const headers = { 'X-Request-Id': 'first-requester' };
  await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user', headers });
  const line = app.logs.find((text) => text.includes('FacebookAdsAgent created successfully'));
  expect(line).toMatch(/ INFO FacebookAdsAgent created successfully \(took [\d.]+ms, count: 1\)$/);
});

test('while no agent can be had every route that needs one answers 503 with the time to wait', async () => {
  app.graph.tokens.revoke('brl');
  const start = performance.now();
  for (const [method, path, as] of [
    ['GET', '/campaigns', 'user'],
    ['GET', '/campaigns/1', 'user'],
    ['GET', '/campaigns/1/insights', 'user'],
    ['GET', '/metrics/ad-performance?ad_id=1', 'user'],
    ['GET', '/metrics/export?date_from=2026-01-01&date_until=2026-01-02', 'machine'],
    ['POST', '/chat', 'user'],
    ['GET', '/analytics/dashboard', 'user'],
    ['GET', '/analytics/performance', 'user'],
    ['GET', '/analytics/trends', 'user'],
    ['POST', '/automation/pause-underperforming', 'user'],
    ['POST', '/automation/optimize-budgets', 'user'],
    ['POST', '/automation/reallocation-plan', 'user'],
  ] as const) {
    const body = path === '/chat' ? { message: 'Quais campanhas estão ativas?' } : undefined;
    const response = await app.request(method, `/api/v1${path}`, { as, body });
    expect({ path, status: response.status, detail: response.body.detail }).toEqual({
      path,
      status: 503,
      detail: 'Facebook API unavailable',
    });
    expect(response.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
    expect(response.text).not.toMatch(/password|OAuth|GraphTokenError/);
  }
  // Wrong input is answered as such all the same.
  expect((await app.request('GET', '/api/v1/campaigns?limit=0', { as: 'user' })).status).toBe(400);
  // The pause after a failure is at least 0.75 s, which a busy machine may outlast.
  const outlasted = Math.floor((performance.now() - start) / 750);
  expect(app.graph.journal.validations()).toBeLessThanOrEqual(1 + outlasted);
  expect(app.logs.join('\n')).toMatch(/ ERROR Failed to create FacebookAdsAgent: /);

  app.graph.tokens.restore('brl');
  await invalidate();
  expect((await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' })).status).toBe(200);
});

test('a token that is refused later drops the agent', async () => {
  await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' });
  app.graph.tokens.revoke('brl');
  const refused = await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' });
  expect(refused).toMatchObject({ status: 503, body: { detail: 'Facebook API unavailable' } });
  expect((await app.request('GET', '/health/agent-cache')).body).toMatchObject({ cached: false });
});

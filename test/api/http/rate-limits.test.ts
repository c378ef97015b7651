import { startApp, type TestApp } from '../../support/app.ts';
import { signToken } from '../../support/access-tokens.ts';

let app: TestApp;

beforeEach(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'true' } });
});
afterEach(() => app.stop());

const suggestions = (token: string) =>
  app.request('GET', '/api/v1/automation/suggestions', { headers: { Authorization: `Bearer ${token}` } });

test('each user has a limit of their own, and is told when to come back', async () => {
  const [one, other] = [await signToken({ sub: 'one' }), await signToken({ sub: 'other' })];
  for (let left = 9; left >= 0; left--) {
    const { status, headers } = await suggestions(one);
    expect(status).toBe(200);
    expect(headers.get('RateLimit')).toMatch(new RegExp(`^"automation"; r=${left}; t=\\d+$`));
    expect(headers.get('RateLimit-Policy')).toMatch(/^"automation"; q=10; w=60;/);
  }
  const { status, headers, body } = await suggestions(one);
  expect(status).toBe(429);
  expect(body).toMatchObject({ type: '/docs/errors#too-many-requests', title: 'Too Many Requests' });
  const seconds = Number(headers.get('Retry-After'));
  expect(seconds > 0 && seconds <= 60).toBe(true);
  expect((await suggestions(other)).status).toBe(200);
});

test('each part of the API has a limit of its own', async () => {
  for (const [path, as, policy] of [
    ['/api/v1/campaigns?limit=0', 'user', '"campaigns"; q=100; w=60'],
    ['/api/v1/analytics/dashboard?date_preset=x', 'user', '"analytics"; q=30; w=60'],
    ['/api/v1/chat/history', 'user', '"chat"; q=30; w=60'],
    ['/api/v1/metrics/ad-performance', 'user', '"ads"; q=100; w=60'],
    ['/api/v1/metrics/export', 'machine', '"export"; q=1000; w=3600'],
  ] as const) {
    const { headers } = await app.request('GET', path, { as });
    expect(headers.get('RateLimit-Policy')).toContain(policy);
  }
});

test('an address that keeps guessing is turned away, and one that logs in is not counted', async () => {
  for (let good = 0; good < 5; good++) await suggestions(await signToken({ sub: `user-${good}` }));
  for (let bad = 0; bad < 100; bad++) expect((await suggestions('garbage')).status).toBe(401);
  const { status, headers } = await suggestions('garbage');
  expect(status).toBe(429);
  expect(headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
});

test('an address that a caller makes up is not believed', async () => {
  const policies = [];
  for (const address of ['203.0.113.1', '203.0.113.2']) {
    const headers = { 'X-Forwarded-For': address };
    policies.push(
      (await app.request('GET', '/api/v1/metrics/export', { as: 'machine', headers })).headers.get(
        'RateLimit',
      ),
    );
  }
  expect(policies.map((policy) => /r=(\d+)/.exec(policy ?? '')?.[1])).toEqual(['999', '998']);
});

test('a trusted proxy is believed', async () => {
  const proxied = await startApp({ env: { RATE_LIMITS: 'true', TRUST_PROXY: '1' } });
  for (const address of ['203.0.113.1', '203.0.113.2']) {
    const headers = { 'X-Forwarded-For': address };
    const { headers: answered } = await proxied.request('GET', '/api/v1/metrics/export', {
      as: 'machine',
      headers,
    });
    expect(answered.get('RateLimit')).toContain('r=999');
  }
  await proxied.stop();
});

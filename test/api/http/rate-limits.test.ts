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

test('somebody else’s bad tokens keep no good credential out, and one line says how to tell callers apart', async () => {
  const headers = { 'X-Forwarded-For': '203.0.113.7' };
  for (let bad = 0; bad < 120; bad++) {
    const Authorization = 'Bearer garbage';
    await app.request('GET', '/api/v1/chat/history', { headers: { ...headers, Authorization } });
  }
  for (const [path, as] of [
    ['/api/v1/chat/history', 'user'],
    ['/api/v1/metrics/export', 'machine'],
  ] as const) {
    expect([200, 400]).toContain((await app.request('GET', path, { as, headers })).status);
  }
  expect((await app.request('POST', '/admin/invalidate-cache', { as: 'admin', headers })).status).toBe(200);
  expect((await app.request('GET', '/api/v1/chat/history', { headers })).status).toBe(429);
  expect(app.logs.filter((line) => / WARN .*set TRUST_PROXY/.test(line))).toHaveLength(1);
});

test.each([
  ['203.0.113.9:4711', '203.0.113.9:4712'],
  ['[2001:db8::9]:4711', '2001:db8::9'],
  ['2001:db8:0:1::1', '2001:db8:0:1::2'],
])('a proxy that writes the port names one caller all the same: %s, %s', async (one, other) => {
  const proxied = await startApp({ env: { RATE_LIMITS: 'true', TRUST_PROXY: '1' } });
  const ask = async (address: string) =>
    (await proxied.request('GET', '/api/v1/chat/history', { headers: { 'X-Forwarded-For': address } }))
      .status;
  for (let bad = 0; bad < 100; bad++) expect(await ask(bad % 2 ? one : other)).toBe(401);
  expect(await ask(one)).toBe(429);
  expect(await ask('203.0.113.200:4711')).toBe(401);
  expect(proxied.logs.some((line) => line.includes('set TRUST_PROXY'))).toBe(false);
  await proxied.stop();
});

test('a clock that is set back keeps nobody waiting longer than the window', async () => {
  const token = await signToken({ ttl: 86_400 });
  for (let hit = 0; hit < 11; hit++) await suggestions(token);
  const now = Date.now;
  Date.now = () => now() - 3 * 3_600_000;
  const { status, headers } = await suggestions(token);
  Date.now = now;
  expect(status).toBe(429);
  expect(Number(headers.get('Retry-After'))).toBeLessThanOrEqual(60);
});

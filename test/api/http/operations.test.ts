import { registry } from '../../../api/src/observability/prometheus.ts';
import { startApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
const agentCache = async () => (await app.request('GET', '/health/agent-cache')).body;
const invalidate = (as?: 'user' | 'admin') => app.request('POST', '/admin/invalidate-cache', { as });

beforeEach(async () => {
  app = await startApp({ env: { AGENT_CACHE_TTL: '600' } });
});
afterEach(() => app.stop());

describe('GET /health/agent-cache', () => {
  test('tells of the agent before it is made, while it is fresh and when it has expired', async () => {
    expect(await agentCache()).toEqual({
      status: 'expired',
      cached: false,
      cache_age_seconds: null,
      cache_ttl_seconds: 600,
      is_valid: false,
      creation_count: 0,
      hits: 0,
      misses: 0,
      process: expect.stringMatching(/^[\w-]{8,}$/),
    });
    await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' });
    const fresh = await agentCache();
    expect(fresh).toMatchObject({ status: 'healthy', cached: true, is_valid: true, creation_count: 1 });
    expect(fresh.cache_age_seconds).toBeGreaterThanOrEqual(0);
    const now = Date.now;
    Date.now = () => now() + 601_000;
    const expired = await agentCache();
    Date.now = now;
    expect(expired).toMatchObject({ status: 'expired', cached: true, is_valid: false, creation_count: 1 });
    expect(expired.cache_age_seconds).toBeGreaterThan(600);
  });
});

test('hits, misses and the process show in it, so that it can be proven without the metrics', async () => {
  const { process: id, hits, misses } = await agentCache();
  for (let asked = 0; asked < 3; asked++)
    await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' });
  expect(await agentCache()).toMatchObject({
    hits: hits + 2,
    misses: misses + 1,
    creation_count: 1,
    process: id,
  });
  const other = await startApp();
  expect((await other.request('GET', '/health/agent-cache')).body.process).not.toBe(id);
  await other.stop();
});

describe('POST /admin/invalidate-cache', () => {
  test('is for administrators', async () => {
    const nobody = await invalidate();
    expect(nobody).toMatchObject({ status: 401, body: { detail: 'A bearer token is required' } });
    expect(nobody.headers.get('WWW-Authenticate')).toBe('Bearer');
    expect(await invalidate('user')).toMatchObject({ status: 403, body: { title: 'Forbidden' } });
  });

  test('drops the agent, so that the next request makes another, and leaves an audit line', async () => {
    await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' });
    const { status, body, headers } = await invalidate('admin');
    expect(status).toBe(200);
    expect(body).toEqual({ message: 'Agent cache invalidated', status: 'success' });
    expect(await agentCache()).toMatchObject({ status: 'expired', cached: false });
    await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' });
    expect(app.graph.journal.validations()).toBe(2);
    const id = headers.get('X-Request-Id');
    const lines = app.logs.join('\n');
    expect(lines).toContain(` INFO Audit: agent cache invalidated request_id=${id} user=admin-1`);
    expect(lines).toMatch(/ INFO Manually invalidating FacebookAdsAgent cache/);
  });
});

describe('GET /health', () => {
  test('sums up the service, without a secret', async () => {
    const { status, body } = await app.request('GET', '/health');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'starting',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      uptime_seconds: expect.any(Number),
      agent_cache: { status: 'expired' },
      integrations: { notion: false, n8n: false },
    });
    expect(body.tasks.map(({ name }: { name: string }) => name)).toEqual([
      'collectCampaignMetrics',
      'analyzePerformance',
      'generateDailyReport',
      'cleanupOldData',
    ]);
  });
});

describe('GET /readyz', () => {
  test('says what is waited for, is ready with a warm agent, and not any more when stopping', async () => {
    expect((await app.request('GET', '/livez')).body).toEqual({ status: 'alive' });
    const { status, body, headers } = await app.request('GET', '/readyz');
    expect(status).toBe(503);
    expect(body).toMatchObject({ detail: 'Waiting for: agent', state: 'starting', pending: ['agent'] });
    expect(headers.get('Retry-After')).toBe('1');

    const warm = await startApp({ warm: true });
    expect((await warm.request('GET', '/readyz')).body).toEqual({ status: 'ready' });
    expect(warm.graph.journal.validations()).toBe(1);
    warm.context.readiness.stop();
    expect(await warm.request('GET', '/readyz')).toMatchObject({ status: 503, body: { state: 'stopping' } });
    await warm.stop();
  });
});

describe('GET /metrics', () => {
  test('holds the promised metrics by name, and those of HTTP by route pattern', async () => {
    registry.resetMetrics();
    const path = '/api/v1/campaigns/1?limit=secret-looking';
    await app.request('GET', path, { as: 'user' });
    await app.request('GET', '/nowhere/4711');
    const { status, body, headers } = await app.request('GET', '/metrics');
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const name of [
      'facebook_agent_creation_time_ms',
      'facebook_agent_creation_duration_seconds',
      'facebook_agent_cache_age_seconds',
      'facebook_agent_cache_hits_total',
      'facebook_agent_cache_misses_total',
      'http_request_duration_seconds',
      'http_requests_in_flight',
      'nodejs_eventloop_lag_p99_seconds',
      'service_ready',
    ]) {
      expect(body).toContain(`# TYPE ${name} `);
    }
    expect(body).toContain('http_requests_in_flight 1\n');
    expect(body).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/campaigns\/:id",status="404"\} 1/,
    );
    expect(body).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\(none\)",status="404"\} 1/,
    );
    expect(body).not.toMatch(/4711|secret-looking/);
  });
});

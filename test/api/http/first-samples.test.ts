import { registry } from '../../../api/src/observability/prometheus.ts';
import { startApp } from '../../support/app.ts';

test('a counter of what may happen stands at 0 before it has', async () => {
  const app = await startApp();
  const { text } = await app.request('GET', '/metrics');
  const expected = [
    'facebook_graph_requests_total{edge="campaigns",outcome="graph-throttled"} 0',
    'facebook_graph_wait_seconds_total{reason="throttle"} 0',
    'campaign_alerts_total{channel="whatsapp",outcome="sent"} 0',
    'task_deliveries_total{channel="notion",outcome="failed"} 0',
    'task_runs_total{task="generateDailyReport",outcome="failed"} 0',
    'task_dead_letters_total{task="generateDailyReport"} 0',
    'redis_errors_total{operation="rate-limit"} 0',
    'facebook_agent_fleet_invalidations_total{outcome="found"} 0',
    'facebook_agent_sessions_total{source="alone"} 0',
    'state_errors_total{reason="full"} 0',
    'task_schedulers_restored_total{task="generateDailyReport"} 0',
  ];
  expect(expected.filter((sample) => !text.includes(`${sample}\n`))).toEqual([]);
  const labelled = (await registry.getMetricsAsJSON()).filter(
    ({ type, name }) => String(type) === 'counter' && !/^(nodejs|process)_/.test(name),
  );
  expect(labelled.length).toBeGreaterThan(12);
  for (const { name, values } of labelled) expect([name, values.length > 0]).toEqual([name, true]);
  await app.stop();
});

test('what means nothing here is not there: Redis, an agent that nobody may have', async () => {
  const app = await startApp({ env: { AGENT_CACHE_TTL: '5', AGENT_CACHE_STALE_FOR: '5' } });
  const has = async (name: string) =>
    new RegExp(`^${name} `, 'm').test((await app.request('GET', '/metrics')).text);
  expect(await has('redis_up')).toBe(false);
  expect(await has('service_ready')).toBe(true);
  expect(await has('facebook_agent_cache_age_seconds')).toBe(false);
  await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' });
  expect(await has('facebook_agent_cache_age_seconds')).toBe(true);
  const now = Date.now;
  Date.now = () => now() + 10_001;
  expect(await has('facebook_agent_cache_age_seconds')).toBe(false);
  Date.now = now;
  await app.stop();
});

test('/health is degraded while Facebook refuses the token', async () => {
  const app = await startApp({ warm: true });
  const health = async () => (await app.request('GET', '/health')).body;
  expect(await health()).toMatchObject({ status: 'ready', facebook: { credential_refused: false } });
  app.graph.tokens.revoke('brl');
  expect((await app.request('GET', '/api/v1/campaigns', { as: 'user' })).status).toBe(503);
  expect(await health()).toMatchObject({ status: 'degraded', facebook: { credential_refused: true } });
  app.graph.tokens.restore('brl');
  await app.request('POST', '/admin/invalidate-cache', { as: 'admin' });
  expect((await app.request('GET', '/api/v1/campaigns', { as: 'user' })).status).toBe(200);
  expect(await health()).toMatchObject({ status: 'ready', facebook: { credential_refused: false } });
  await app.stop();
});

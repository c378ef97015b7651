import { registry } from '../../../api/src/observability/prometheus.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { startN8nServer } from '../../support/n8n-server.ts';

const OPEN = { Accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5' };
let app: TestApp;
let n8n: Awaited<ReturnType<typeof startN8nServer>>;
const metrics = async (headers = {}) => (await app.request('GET', '/metrics', { headers })).text;

/** The value of a series, as plain text has it. */
async function readingOf(series: string): Promise<number> {
  const line = (await metrics()).split('\n').find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length) ?? Number.NaN);
}

beforeAll(async () => {
  n8n = await startN8nServer();
  app = await startApp({ env: { RATE_LIMITS: 'true', N8N_WEBHOOK_URL: n8n.webhookUrl } });
});
afterAll(async () => {
  await app.stop();
  await n8n.close();
});

describe('OpenMetrics', () => {
  test('is for who prefers it, and has the ids of requests as exemplars', async () => {
    const first = await app.request('GET', '/metrics', { headers: OPEN });
    expect(first.headers.get('Content-Type')).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
    expect(first.headers.get('Vary')).toMatch(/Accept/);
    await app.request('GET', '/livez', { headers: { 'X-Request-Id': 'exemplary-1' } });
    const text = await metrics(OPEN);
    expect(text).toMatch(
      /http_request_duration_seconds_bucket\{le="[\d.]+",method="GET",route="\/livez",status="200"\} 1 # \{request_id="exemplary-1"\} 0\.\d+ \d+\.\d+\n/,
    );
    expect(text).toContain('# TYPE facebook_agent_cache_hits counter\nfacebook_agent_cache_hits_total ');
    expect(text).toMatch(/\n# EOF\n$/);
  });

  test('leaves plain text as it was: the names of counters, and no exemplars', async () => {
    await metrics(OPEN);
    const plain = await app.request('GET', '/metrics');
    expect(plain.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(plain.text).toContain('# TYPE facebook_agent_cache_hits_total counter\n');
    expect(plain.text).not.toMatch(/request_id|# EOF/);
  });

  test('keeps no id that is too long for an exemplar', async () => {
    await metrics(OPEN);
    const id = 'x'.repeat(128);
    const path = '/health/agent-cache';
    expect((await app.request('GET', path, { headers: { 'X-Request-Id': id } })).status).toBe(200);
    const text = await metrics(OPEN);
    expect(text).toContain(`route="${path}",status="200"} 1`);
    expect(text).not.toContain(id);
  });
});

test('when the credential ends is known from the first agent on, also without one; a refusal shows', async () => {
  const expiry = 'facebook_credential_expiry_timestamp_seconds';
  expect(await readingOf(expiry)).toBeNaN();
  const end = Math.floor(Date.now() / 1000) + 86_400;
  app.graph.tokens.setExpiry('brl', end);
  await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' });
  expect(await readingOf(expiry)).toBe(end);
  expect(await readingOf('facebook_credential_refused')).toBe(0);
  app.graph.tokens.revoke('brl');
  await app.request('POST', '/admin/invalidate-cache', { as: 'admin' });
  expect((await app.request('GET', '/api/v1/campaigns?limit=1', { as: 'user' })).status).toBe(503);
  expect(await readingOf('facebook_credential_refused')).toBe(1);
  expect(await readingOf(expiry)).toBe(end);
  app.graph.tokens.restore('brl');
});

test('refusals are counted by the limit that was reached', async () => {
  const series = (limit: string) => `http_requests_limited_total{limit="${limit}"}`;
  expect(await readingOf(series('automation'))).toBe(0);
  const before = await readingOf(series('logins'));
  const list = () => app.request('GET', '/api/v1/automation/suggestions', { as: 'user' });
  const statuses = await Promise.all(Array.from({ length: 12 }, list));
  expect(statuses.filter(({ status }) => status === 429)).toHaveLength(2);
  expect(await readingOf(series('automation'))).toBe(2);
  expect(await readingOf(series('logins'))).toBe(before);
});

test('calls of integrations are counted by outcome', async () => {
  const series = (outcome: string) => `integration_requests_total{system="n8n",outcome="${outcome}"}`;
  expect(await readingOf(series('ok'))).toBe(0);
  await app.context.n8n.send({ event: 'test' });
  expect(await readingOf(series('ok'))).toBe(1);
  expect(await readingOf('integration_circuit_state{system="n8n"}')).toBe(0);
  expect(await readingOf('integration_requests_total{system="notion",outcome="throttled"}')).toBe(0);
});

test('the build says its version', async () => {
  const labels = `version="${app.context.version}",node_version="${process.versions.node}"`;
  expect(await readingOf(`service_build_info{${labels}}`)).toBe(1);
  registry.resetMetrics();
  expect(await readingOf(`service_build_info{${labels}}`)).toBe(1);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStateFile } from '../../../api/src/stores/sqlite/sqlite-stores.ts';
import { signToken } from '../../support/access-tokens.ts';
import { eventually } from '../../support/eventually.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts';
import { killScripts, SERVER_ENV, startServerProcess } from '../../support/server-process.ts';

/** Says at the end which packages were loaded. */
const LIST_LOADED = `import { Module } from 'node:module';
process.on('exit', () => {
  for (const path of Object.keys(Module._cache)) {
    const [, name] = /node_modules\\/((?:@[^/]+\\/)?[^/]+)\\/(?!.*node_modules)/.exec(path) ?? [];
    process.stdout.write('loaded: ' + name + '\\n');
  }
});`;

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: { key: string; value: Record<string, unknown> }[];
}

let graph: GraphServer;
let receiver: LoopbackServer;
let folder: string;

beforeAll(async () => {
  graph = await startGraphServer();
  receiver = await startLoopbackServer(() => ({ status: 200 }));
  folder = await mkdtemp(join(tmpdir(), 'tracing-'));
});
afterAll(async () => {
  await killScripts();
  await receiver.close();
  await graph.close();
  await rm(folder, { recursive: true });
});

function spans(): Span[] {
  return receiver.requests.flatMap(({ body }) =>
    JSON.parse(body).resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: Span[] }[] }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    ),
  );
}

const find = (test: (span: Span) => boolean) => eventually('the span', () => spans().find(test));
const childOf = (parent: Span, name: string) =>
  find((span) => span.parentSpanId === parent.spanId && span.name === name);
const attributeOf = (span: Span, key: string) =>
  Object.values(span.attributes.find((attribute) => attribute.key === key)?.value ?? {})[0];

test('spans of a request through the cache to Facebook, and of a task, go where OTEL_* says', async () => {
  const stateFile = join(folder, 'state.db');
  const stores = openStateFile(stateFile);
  const due = new Date(Date.now() - 86_400_000).toISOString();
  await stores.documents('runs').put('collectCampaignMetrics', { due }, 3600);
  stores.close();
  // Nobody has an agent when the request comes.
  const fault = graph.faults.add({ kind: 'bare-500', route: 'debug_token' });
  const server = await startServerProcess({
    env: {
      ...SERVER_ENV,
      ...graph.env,
      STATE_FILE: stateFile,
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'http',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '50',
      OTEL_SERVICE_NAME: 'traced-service',
    },
  });
  await fault.struck();
  fault.clear();
  const authorization = `Bearer ${await signToken()}`;
  const headers = { authorization, 'X-Request-Id': 'traced-1' };
  const path = '/api/v1/campaigns?limit=1&access_token=sent-by-mistake';
  await eventually(
    'an answer',
    async () => (await fetch(`${server.url}${path}`, { headers })).status === 200,
  );

  const request = await find(
    (span) =>
      span.name === 'GET /api/v1/campaigns' && Number(attributeOf(span, 'http.response.status_code')) === 200,
  );
  expect(request.parentSpanId ?? '').toBe('');
  expect(attributeOf(request, 'http.route')).toBe('/api/v1/campaigns');
  const get = await childOf(request, 'agent get');
  const call = await childOf(request, 'graph call');
  expect(attributeOf(call, 'graph.edge')).toBe('campaigns');
  const exchange = await childOf(call, 'GET');
  expect(attributeOf(exchange, 'url.full')).toBe(graph.url);
  expect(get.traceId).toBe(request.traceId);

  const create = await find((span) => span.name === 'agent create');
  await find(
    (span) => span.parentSpanId === create.spanId && attributeOf(span, 'graph.edge') === 'debug_token',
  );

  const task = await find((span) => span.name === 'task collectCampaignMetrics');
  await childOf(task, 'agent get');
  await childOf(task, 'graph call');

  const [line] = await server.line(/^.*"request_id":"traced-1".*"status":200.*$/m);
  expect(JSON.parse(line)).toMatchObject({ route: '/api/v1/campaigns', user: 'user-1' });
  expect(spans().map(({ traceId }) => traceId)).toContain(JSON.parse(line).trace_id);

  server.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
  const sent = receiver.requests.map(({ body }) => body).join('\n');
  expect(sent).toContain('traced-service');
  const { accessToken, appSecret } = graph.settings;
  for (const secret of [
    accessToken,
    appSecret,
    authorization.slice(7),
    'sent-by-mistake',
    'appsecret_proof',
  ]) {
    expect(sent).not.toContain(secret);
  }
});

test('without OTEL_* nothing of it is loaded, and what is asked for and not to be had is told', async () => {
  const plain = await startServerProcess({
    env: {
      ...SERVER_ENV,
      ...graph.env,
      STATE_FILE: ':memory:',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(LIST_LOADED)}`,
    },
  });
  await fetch(`${plain.url}/livez`);
  plain.kill('SIGTERM');
  const { stdout } = await plain.ended;
  expect(stdout).toContain('loaded: libsql\n');
  expect(stdout).not.toContain('loaded: @opentelemetry');

  const asked = await startServerProcess({
    env: { ...SERVER_ENV, ...graph.env, STATE_FILE: ':memory:', OTEL_TRACES_EXPORTER: 'zipkin' },
  });
  await asked.line(
    /WARN No traces are sent reason="Error: OTEL_TRACES_EXPORTER must be otlp or none, not zipkin"/,
  );
  await fetch(`${asked.url}/livez`);
  asked.kill('SIGTERM');
  expect((await asked.ended).code).toBe(0);
});

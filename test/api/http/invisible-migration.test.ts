import { depth, someOf } from '../../support/depth.ts';
import { createLegacyWorkspace, type Workspace } from '../../../scripts/demo/workspace.ts';
import { signToken, TEST_API_KEY } from '../../support/access-tokens.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import type { FaultSpec } from '../../support/graph/fault-spec.ts';
import { killScripts, SERVER_ENV, serve, startServerProcess } from '../../support/server-process.ts';

interface Request {
  method: string;
  path: string;
  as?: 'user' | 'admin' | 'machine';
  body?: unknown;
}

const TODAY = new Date('2026-11-20T15:00:00Z');
/** What differs from one moment to the next, and not between the two. */
const OF_THE_MOMENT = ['date', 'retry-after'];

let graph: GraphServer;
let workspace: Workspace;
let urls: { legacy: string; migrated: string };
let credentials: Record<'user' | 'admin' | 'machine', Record<string, string>>;
let compared = 0;

beforeAll(async () => {
  graph = await startGraphServer({ now: () => TODAY });
  workspace = await createLegacyWorkspace();
  const env = { ...SERVER_ENV, ...graph.env, TASKS_ENABLED: 'false', FACEBOOK_TIMEOUT_SECONDS: '10' };
  const [legacy, migrated] = await Promise.all([
    startServerProcess({ env }, serve('server', workspace.root)),
    startServerProcess({ env }),
  ]);
  await Promise.all([legacy, migrated].map((server) => server.line(/created successfully/)));
  urls = { legacy: legacy.url, migrated: migrated.url };
  credentials = {
    user: { Authorization: `Bearer ${await signToken()}` },
    admin: { Authorization: `Bearer ${await signToken({ sub: 'admin-1', role: 'admin' })}` },
    machine: { 'X-API-Key': TEST_API_KEY },
  };
});

afterAll(async () => {
  await killScripts();
  await workspace.remove();
  await graph.close();
});

async function send(base: string, { method, path, as, body }: Request) {
  const raw = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const headers = {
    ...(as && credentials[as]),
    ...(raw !== undefined && { 'Content-Type': 'application/json' }),
    'X-Request-Id': 'the-same-for-both',
  };
  const init = { method, headers, body: raw };
  const response = await fetch(`${base}${path}`, init);
  const text = (await response.text()).replace(/"at":"[^"]+"/g, '"at":"-"');
  const kept = [...response.headers].filter(([name]) => !OF_THE_MOMENT.includes(name));
  return { status: response.status, headers: Object.fromEntries(kept), text };
}

/** Asks both while `fault` is on, and holds their answers against each other. */
async function expectSame(request: Request, fault?: FaultSpec): Promise<number> {
  const active = fault && graph.faults.add(fault);
  const [legacy, migrated] = await Promise.all([send(urls.legacy, request), send(urls.migrated, request)]);
  active?.clear();
  expect(migrated).toEqual(legacy);
  compared++;
  return legacy.status;
}

/** Drops both agents, and with them every backoff. */
async function invalidate(): Promise<void> {
  const request: Request = { method: 'POST', path: '/admin/invalidate-cache', as: 'admin' };
  await Promise.all(Object.values(urls).map((base) => send(base, request)));
}

/** Answers in between keep the share of failures under what opens the circuit. */
async function recover(): Promise<void> {
  for (let round = 0; round < 2; round++) {
    await Promise.all(Object.values(urls).map((base) => send(base, TRENDS)));
  }
}

const get = (path: string, as: Request['as'] = 'user'): Request => ({
  method: 'GET',
  path: `/api/v1${path}`,
  as,
});
const post = (path: string, body?: unknown, as: Request['as'] = 'user'): Request => ({
  method: 'POST',
  path: `/api/v1${path}`,
  as,
  body,
});
const TRENDS = get('/analytics/trends');

function readingRequests(): Request[] {
  const { campaigns } = graph.data.account();
  const [first, second] = [campaigns[0]?.id, campaigns[7]?.id];
  const ad = campaigns[0]?.ads[0]?.id;
  return [
    get('/campaigns'),
    get(`/campaigns/${first}`),
    get(`/campaigns/${second}/insights?date_preset=last_7d`),
    get(`/metrics/ad-performance?ad_id=${ad}`),
    get('/metrics/export?date_from=2026-11-01&date_until=2026-11-10', 'machine'),
    get('/analytics/dashboard'),
    get('/analytics/performance?date_preset=last_14d'),
    TRENDS,
    post('/chat', { message: 'Quais campanhas estão ativas?' }),
    post('/automation/pause-underperforming', {}),
    post('/automation/optimize-budgets', { ctr_threshold: 1.4 }),
    post('/automation/reallocation-plan'),
  ];
}

function otherRequests(): Request[] {
  const presets = [
    'today',
    'yesterday',
    'last_3d',
    'last_90d',
    'this_month',
    'last_year',
    'maximum',
    'nonsense',
  ];
  const questions = [
    'Qual o gasto total?',
    'How did we do last week?',
    'Melhores campanhas',
    '???',
    'ROAS ontem',
  ];
  const queries = [
    '?status=active',
    '?status=PAUSED',
    '?status=x',
    '?limit=5',
    '?limit=0',
    '?limit=x',
    '?status=archived&limit=2',
  ];
  const ranges = [
    '',
    '?date_from=2026-11-05&date_until=2026-11-01',
    '?date_from=2026-02-30&date_until=2026-03-01',
  ];
  const thresholds = [
    { cpa_threshold: 10 },
    { ctr_threshold: 0 },
    { ctr: 1 },
    [],
    '{bad',
    { cpa_threshold: 'x' },
  ];
  return [
    ...presets.flatMap((preset) => [
      get(`/analytics/dashboard?date_preset=${preset}`),
      get(`/analytics/performance?date_preset=${preset}`),
      get(`/campaigns/${graph.data.account().campaigns[3]?.id}/insights?date_preset=${preset}`),
    ]),
    ...queries.map((query) => get(`/campaigns${query}`)),
    ...ranges.map((range) => get(`/metrics/export${range}`, 'machine')),
    ...questions.map((message) => post('/chat', { message })),
    ...['', '{bad', {}, { message: '' }, { message: 'x'.repeat(1001) }].map((body) => post('/chat', body)),
    ...thresholds.flatMap((body) => [
      post('/automation/pause-underperforming', body),
      post('/automation/optimize-budgets', body),
      post('/automation/reallocation-plan', body),
    ]),
    get('/campaigns/1'),
    get('/campaigns/x'),
    get('/campaigns/1/insights'),
    get('/metrics/ad-performance'),
    get('/metrics/ad-performance?ad_id=1'),
    get('/chat/history'),
    get('/chat/history?limit=3'),
    get('/automation/suggestions?limit=4'),
    post('/notion/daily-summary'),
    post('/notion/save-report/1'),
    get('/notion/search?query=x'),
    get('/notion/search'),
    get('/nowhere'),
    { method: 'DELETE', path: '/api/v1/campaigns' },
    { method: 'POST', path: '/admin/invalidate-cache' },
    { method: 'POST', path: '/admin/invalidate-cache', as: 'user' },
    { method: 'POST', path: '/admin/invalidate-cache', as: 'admin' },
  ];
}

test('answers are the same, good and bad', async () => {
  for (const request of readingRequests()) expect(await expectSame(request)).toBe(200);
  for (const request of otherRequests()) await expectSame(request);
});

test('answers to nobody are the same', async () => {
  for (const request of readingRequests()) {
    expect(await expectSame({ ...request, as: undefined })).toBe(401);
  }
});

const DATA_ROUTES: FaultSpec['route'] = [
  'campaigns',
  'account_insights',
  'campaign',
  'campaign_insights',
  'ad',
  'ad_insights',
];
const CONNECT_ROUTES: FaultSpec['route'] = ['debug_token', 'account'];

test.each<FaultSpec>(
  someOf([
    { kind: 'permission' },
    { kind: 'throttle', regainSeconds: 60 },
    { kind: 'error', code: 190, subcode: 460 },
    { kind: 'error', code: 2635 },
    { kind: 'error', code: 368 },
    { kind: 'too-much-data', aboveLimit: 0 },
  ]),
)('answers are the same while Facebook answers reads with %j', async (fault) => {
  for (const request of readingRequests()) {
    await expectSame(request, { ...fault, route: DATA_ROUTES });
    await invalidate();
  }
});

test.each<FaultSpec>(
  someOf([
    { kind: 'error-in-200' },
    { kind: 'body', body: '<html>', contentType: 'text/html' },
    { kind: 'html-502' },
    { kind: 'reset' },
    { kind: 'truncated-json' },
    { kind: 'hang' },
  ]),
)('answers are the same while Facebook fails reads with %j', async (fault) => {
  // A call that hangs costs its whole deadline, on either side.
  for (const request of readingRequests().slice(0, fault.kind === 'hang' ? 1 : 3)) {
    await expectSame(request, { ...fault, route: DATA_ROUTES });
    await recover();
  }
});

test.each<FaultSpec>(
  someOf([
    { kind: 'error', code: 190, subcode: 463 },
    { kind: 'permission' },
    { kind: 'throttle', regainSeconds: 60 },
    { kind: 'empty-503' },
  ]),
)('answers are the same while no agent can be had: %j', async (fault) => {
  const requests = fault.kind === 'empty-503' ? readingRequests().slice(0, 2) : readingRequests();
  for (const request of requests) {
    await invalidate();
    expect(await expectSame(request, { ...fault, route: CONNECT_ROUTES })).toBe(503);
    await invalidate();
    await recover();
  }
});

test('all of that was more than a few requests', () => {
  expect(compared).toBeGreaterThan(depth(200, 100));
});

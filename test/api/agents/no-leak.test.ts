import { someOf } from '../../support/depth.ts';
import { createHmac } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { jest } from '@jest/globals';
import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import { closeGraphConnections } from '../../../api/src/agents/graph-origin.ts';
import type { FacebookSettings } from '../../../api/src/config.ts';
import { configureLogger, logger } from '../../../api/src/observability/logger.ts';
import { registry } from '../../../api/src/observability/prometheus.ts';
import type { FaultSpec } from '../../support/graph/fault-spec.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';
import { eventually } from './eventually.ts';
import { fakeWaits } from './fake-waits.ts';

const APP_SECRET = 'test-app-secret/+=odd&not-real';

/** Shapes that survive a header and break naive masking: in URLs, patterns, JSON and quoting. */
const TOKENS = [
  'test-token-plain-not-real',
  'EAAB.test+token/with=signs==not-real',
  'test%2Ftoken%20encoded%3Dnot-real',
  'test|token|pipes-not-real',
  'test&access_token=twice-not-real#x',
  'test"token\'quotes`not-real',
  'test\\token\\slashes-not-real',
  '$&test$1token^[a-z]*(not-real)',
  'https://test-token.not-real/?a=b',
  '{"test":"token-not-real"}',
  'TESTTOKEN0NOT0REAL0X',
];

/** Everything that a hostile or careless Graph could say with the token in it. */
const chatty = (token: string, code: number) =>
  JSON.stringify({
    error: {
      message: `Malformed access token ${token}`,
      type: token,
      code,
      error_subcode: token,
      error_user_title: token,
      error_user_msg: encodeURIComponent(token),
      error_data: { nested: [token, { deep: token }] },
      fbtrace_id: token,
    },
  });

const FAULTS: readonly ((token: string) => FaultSpec)[] = [
  () => ({ kind: 'error', code: 190, message: 'Malformed access token {token}' }),
  () => ({ kind: 'error', code: 100, message: 'Bad {token}', status: 400 }),
  () => ({ kind: 'error', code: 2635, message: '{token}' }),
  (token) => ({ kind: 'body', status: 400, body: chatty(token, 100) }),
  (token) => ({ kind: 'body', status: 500, body: chatty(token, 1) }),
  (token) => ({ kind: 'body', status: 502, contentType: 'text/html', body: `<p>${token}</p>` }),
  (token) => ({ kind: 'body', body: `${token}{` }),
  (token) => ({
    kind: 'body',
    body: JSON.stringify({ data: [], paging: { next: `http://a.example/?t=${token}` } }),
  }),
  (token) => ({ kind: 'body', body: JSON.stringify({ data: [{ id: 7, name: token }] }) }),
  () => ({ kind: 'throttle', regainSeconds: 300 }),
  () => ({ kind: 'permission' }),
  () => ({ kind: 'too-much-data', aboveLimit: 0 }),
  () => ({ kind: 'truncated-json' }),
  () => ({ kind: 'empty-503' }),
  () => ({ kind: 'reset' }),
  () => ({ kind: 'reset-mid-body' }),
];

const HELD = ['hang', 'slow-body'] as const;

const ODD_TENANT = { id: 'odd', accountId: '10150000000000777', campaigns: 12 };

let logs: LogCapture;

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
  logs = captureLogs();
  configureLogger({ level: 'silly' });
});

afterEach(async () => {
  // A server of another test may get a port again, and would find its circuit open.
  await closeGraphConnections();
  configureLogger({ level: 'info', format: 'text' });
  logs.stop();
  jest.restoreAllMocks();
});

function secretsOf({ accessToken, appSecret, appId }: FacebookSettings): string[] {
  const proof = (token: string) => createHmac('sha256', appSecret).update(token).digest('hex');
  const raw = [accessToken, appSecret, proof(accessToken), proof(`${appId}|${appSecret}`)];
  const forms = raw.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    inspect(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ]);
  return [...new Set(forms)];
}

/** What a crash dump, a debugger, a logger or a careless handler could print of a value. */
function printed(value: unknown): string {
  return [
    inspect(value, { depth: null, showHidden: true, getters: true }),
    inspect([{ nested: value }], { depth: null, showHidden: true }),
    safeJson(value),
    safeJson({ nested: [value], own: ownProperties(value) }),
    String(value),
    value instanceof Error ? String(value.stack) : '',
  ].join('\n');
}

function safeJson(value: unknown): string {
  return JSON.stringify(value) ?? '';
}

function ownProperties(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Reflect.ownKeys(value).map((key) => [String(key), Reflect.get(value, key)]);
}

function expectClean(text: string, secrets: readonly string[]): void {
  for (const secret of secrets) expect(text.includes(secret)).toBe(false);
  expect(text).not.toMatch(/Bearer|input_token=|appsecret_proof=/i);
}

/** One after the other: the first ones meet the fault itself, before the circuit opens. */
async function failuresOf(agent: FacebookAdsAgent): Promise<unknown[]> {
  const calls = [
    () => agent.getCampaigns(),
    () => agent.getCampaignsWithInsights(),
    () => agent.getCampaign('120000000000000001'),
  ];
  const failures: unknown[] = [];
  for (const call of calls) await call().catch((error: unknown) => failures.push(error));
  return failures;
}

/** The failure of a call that Graph never finishes, without waiting for its deadline. */
async function failureOfHeld(agent: FacebookAdsAgent, graph: GraphServer): Promise<unknown[]> {
  fakeWaits();
  try {
    const call = agent.getCampaigns().catch((error: unknown) => error);
    await eventually(() => graph.journal.requests.some(({ fault }) => fault !== undefined));
    jest.advanceTimersByTime(graph.settings.timeoutSeconds * 1000);
    return [await call];
  } finally {
    jest.useRealTimers();
  }
}

type Provoke = (agent: FacebookAdsAgent, graph: GraphServer) => Promise<unknown[]>;

/** One agent of its own on a Graph server of its own: an open circuit would hide the next fault. */
async function check(token: string, fault: FaultSpec, connected: boolean, provoke: Provoke) {
  const graph = await startGraphServer({ tenants: [{ ...ODD_TENANT, token }] });
  try {
    const { settings } = graph;
    const agent = new FacebookAdsAgent(settings);
    if (connected) await agent.connect();
    graph.faults.add(fault);
    const failures = await provoke(agent, graph);
    expect(failures.length).toBeGreaterThan(0);
    for (const error of failures) logger.error('Failed to get campaigns', { error });
    logger.debug(`Failed: ${inspect(failures, { depth: null })}`);
    expectClean([...failures, agent].map(printed).join('\n'), secretsOf(settings));
    return settings;
  } finally {
    await graph.close();
  }
}

const PHASES = ['while connecting', 'afterwards'] as const;

/** Both phases for the first token, and in turns for the others. */
const CASES = TOKENS.flatMap((token, index) =>
  PHASES.filter((_, phase) => index === 0 || phase === index % 2).map((phase) => [token, phase] as const),
);

test.each(someOf(CASES))('the token %j stays inside, whatever fails %s', async (token, phase) => {
  configureLogger({ format: phase === 'afterwards' ? 'json' : 'text' });
  const connected = phase === 'afterwards';
  const [settings] = await Promise.all(
    FAULTS.map((faultOf) => check(token, faultOf(token), connected, failuresOf)),
  );
  for (const kind of HELD) {
    await closeGraphConnections();
    await check(token, { kind }, connected, failureOfHeld);
  }
  expect(logs.lines.length).toBeGreaterThanOrEqual(FAULTS.length);
  if (settings) expectClean([...logs.lines, await registry.metrics()].join('\n'), secretsOf(settings));
});

test('no URL holds a token, but for the one parameter that debug_token asks for', async () => {
  const urls: string[] = [];
  const watch = (message: unknown) => {
    const { request } = message as { request: { path: string } };
    urls.push(request.path);
  };
  subscribe('undici:request:create', watch);
  const graph = await startGraphServer();
  try {
    await new FacebookAdsAgent(graph.settings).getCampaignsWithInsights();
    const { accessToken, appSecret } = graph.settings;
    expect(urls).toHaveLength(5);
    const holding = urls.filter((url) => url.includes(accessToken) || url.includes(appSecret));
    expect(holding).toEqual([expect.stringMatching(/^\/v27\.0\/debug_token\?input_token=/)]);
  } finally {
    unsubscribe('undici:request:create', watch);
    await graph.close();
  }
});

test('even a line that a careless handler writes is masked', () => {
  const token = 'test-token-careless-not-real';
  const settings = { accessToken: token, appSecret: APP_SECRET, adAccountId: '1', appId: '2' };
  new FacebookAdsAgent({
    ...settings,
    graphUrl: 'http://127.0.0.1:9',
    graphVersion: 'v27.0',
    timeoutSeconds: 1,
  });
  logger.info(`token ${token} secret ${encodeURIComponent(APP_SECRET)}`);
  expect(logs.lines).toHaveLength(1);
  expect(logs.lines[0]).not.toContain(token);
  expect(logs.lines[0]).not.toContain(encodeURIComponent(APP_SECRET));
});

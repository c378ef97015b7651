import { type AskOptions, ask as askGraph, errorOf, rowsOf, toObject } from './graph/client.ts';
import { type FaultSpec, type GraphServer, startGraphServer } from './graph/index.ts';

let graph: GraphServer;
let now = new Date('2026-03-10T12:00:00Z');
const ask = (path: string, options?: AskOptions) => askGraph(graph, path, options);
const account = () => `act_${graph.settings.adAccountId}`;

beforeAll(async () => {
  graph = await startGraphServer({ now: () => now });
});
afterEach(() => {
  graph.faults.clear();
  graph.usage.reset();
  graph.journal.clear();
});
afterAll(() => graph.close());

/** The raw answer, for those that are no JSON. */
async function raw(path: string, signal?: AbortSignal) {
  const response = await fetch(`${graph.url}/${graph.version}/${path}`, {
    headers: { authorization: `Bearer ${graph.settings.accessToken}` },
    signal,
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

test('an error body has Graph’s code, subcode and words, for so many requests', async () => {
  const fault = graph.faults.add({ kind: 'error', code: 190, subcode: 463, times: 2, skip: 1 });
  expect((await ask('me')).status).toBe(200);
  expect(errorOf(await ask('me'))).toEqual({
    message: 'Error validating access token: Session has expired.',
    type: 'OAuthException',
    code: 190,
    error_subcode: 463,
    fbtrace_id: expect.any(String),
  });
  expect((await ask('me')).status).toBe(401);
  expect((await ask('me')).status).toBe(200);
  expect(fault.hits).toBe(2);
});

test.each<[FaultSpec, number, number]>([
  [{ kind: 'error', code: 2 }, 500, 2],
  [{ kind: 'error', code: 1, status: 503 }, 503, 1],
  [{ kind: 'error', code: 4 }, 403, 4],
  [{ kind: 'error', code: 613 }, 400, 613],
  [{ kind: 'error', code: 368 }, 403, 368],
  [{ kind: 'permission' }, 403, 200],
  [{ kind: 'permission', code: 10 }, 403, 10],
  [{ kind: 'error-in-200' }, 200, 1],
  [{ kind: 'throttle', regainSeconds: 60 }, 400, 80_004],
])('%j is status %i, code %i', async (spec, status, code) => {
  graph.faults.add(spec);
  const answer = await ask(account());
  expect(answer.status).toBe(status);
  expect(errorOf(answer).code).toBe(code);
});

test('a message may repeat the token, as Graph does', async () => {
  graph.faults.add({ kind: 'error', code: 190, message: 'Malformed access token {token}' });
  expect(errorOf(await ask('me')).message).toBe(`Malformed access token ${graph.settings.accessToken}`);
});

test('a fault hits its routes and its token alone', async () => {
  graph.faults.add({ kind: 'bare-500', route: ['account', 'campaigns'], token: 'brl' });
  const other = graph.settingsFor('clp');
  expect((await raw(account())).status).toBe(500);
  expect((await raw(`${account()}/campaigns`)).status).toBe(500);
  expect((await raw(`${account()}/insights`)).status).toBe(200);
  expect((await ask(`act_${other.adAccountId}`, { token: other.accessToken })).status).toBe(200);
  expect(graph.journal.requests.map(({ fault }) => fault?.split(' ')[1])).toEqual([
    'bare-500',
    'bare-500',
    undefined,
    undefined,
  ]);
});

test('proxies answer without JSON', async () => {
  graph.faults.add({ kind: 'bare-500', times: 1 });
  expect(await raw('me')).toEqual({ status: 500, type: 'text/plain', text: 'Internal Server Error' });
  graph.faults.add({ kind: 'html-502', times: 1 });
  expect(await raw('me')).toMatchObject({ status: 502, text: expect.stringContaining('<html>') });
  graph.faults.add({ kind: 'empty-503', times: 1 });
  expect(await raw('me')).toEqual({ status: 503, type: null, text: '' });
  graph.faults.add({ kind: 'body', body: 'null', times: 1 });
  expect(await raw('me')).toMatchObject({ status: 200, text: 'null' });
});

test('truncated JSON is half of the right answer', async () => {
  const whole = await raw(`${account()}/campaigns`);
  graph.faults.add({ kind: 'truncated-json' });
  const { status, text } = await raw(`${account()}/campaigns`);
  expect(status).toBe(200);
  expect(text).toBe(whole.text.slice(0, Math.floor(whole.text.length / 2)));
});

test('a held request is answered once released, and others behind the fault are held anew', async () => {
  const fault = graph.faults.add({ kind: 'hang', route: 'me' });
  const first = ask('me');
  await fault.struck();
  expect(graph.journal.requests[0]?.status).toBeUndefined();
  fault.release();
  expect((await first).status).toBe(200);
  const second = ask('me');
  await fault.struck(2);
  expect(graph.journal.requests[1]?.status).toBeUndefined();
  fault.clear();
  expect((await second).status).toBe(200);
});

test('a client that gives up is seen as gone', async () => {
  graph.faults.add({ kind: 'hang' });
  const patience = new AbortController();
  const asked = raw('me', patience.signal);
  await graph.journal.until((journal) => journal.count('me') === 1);
  patience.abort();
  await expect(asked).rejects.toThrow('aborted');
  await graph.journal.until(({ requests }) => requests[0]?.status === 'aborted');
});

test('a slow body sends its head and half, and the rest on release', async () => {
  const fault = graph.faults.add({ kind: 'slow-body' });
  const response = await fetch(`${graph.url}/${graph.version}/me`, {
    headers: { authorization: `Bearer ${graph.settings.accessToken}` },
  });
  expect(response.status).toBe(200);
  expect(graph.journal.requests[0]?.status).toBeUndefined();
  fault.release();
  expect(toObject(await response.json())).toHaveProperty('id');
});

test('connections are reset before a byte or within the body', async () => {
  graph.faults.add({ kind: 'reset', times: 1 });
  await expect(raw('me')).rejects.toThrow('fetch failed');
  graph.faults.add({ kind: 'reset-mid-body', times: 1 });
  await expect(raw(`${account()}/campaigns`)).rejects.toThrow();
  expect(graph.journal.requests.map(({ status }) => status)).toEqual(['reset', 'reset']);
});

test('a throttle tells its regain time and ends by the clock', async () => {
  graph.faults.add({ kind: 'throttle', code: 80_000, regainSeconds: 90, token: 'brl' });
  const { headers } = await ask(`${account()}/insights`);
  const business = toObject(JSON.parse(headers.get('x-business-use-case-usage') ?? '{}'));
  expect(business[graph.settings.adAccountId]).toMatchObject([
    { type: 'ads_insights', call_count: 100, estimated_time_to_regain_access: 2 },
  ]);
  now = new Date(now.getTime() + 90_000);
  expect((await ask(`${account()}/insights`)).status).toBe(200);
});

test('a budget of calls runs out per token and comes back', async () => {
  graph.usage.absentEvery = 0;
  graph.usage.limitCalls({ calls: 2, windowSeconds: 60 });
  const { headers } = await ask(account());
  expect(headers.get('x-ad-account-usage')).toContain('"acc_id_util_pct":50');
  expect((await ask(account())).status).toBe(200);
  const refused = await ask(account());
  expect(errorOf(refused).code).toBe(17);
  expect(refused.headers.get('x-ad-account-usage')).toContain('"reset_time_duration":60');
  const other = graph.settingsFor('usd');
  expect((await ask(`act_${other.adAccountId}`, { token: other.accessToken })).status).toBe(200);
  now = new Date(now.getTime() + 60_000);
  expect((await ask(account())).status).toBe(200);
});

test('too much data is refused above a limit and answered below it', async () => {
  graph.faults.add({ kind: 'too-much-data', aboveLimit: 20, route: 'account_insights' });
  const read = (limit: number) => ask(`${account()}/insights`, { params: { level: 'ad', limit } });
  expect(errorOf(await read(21))).toMatchObject({
    code: 1,
    message: expect.stringContaining('Please reduce the amount of data'),
  });
  expect(rowsOf(await read(20))).toHaveLength(20);
  graph.faults.clear();
  graph.faults.add({ kind: 'too-much-data', aboveLimit: 20, code: 100, subcode: 1_487_534 });
  expect(errorOf(await read(500))).toMatchObject({ code: 100, error_subcode: 1_487_534 });
});

test('a token revoked in mid-run fails from then on', async () => {
  expect((await ask(account())).status).toBe(200);
  graph.tokens.revoke('brl', 460);
  try {
    expect(errorOf(await ask(account()))).toMatchObject({ code: 190, error_subcode: 460 });
  } finally {
    graph.tokens.restore('brl');
  }
});

test('a report run can fail', async () => {
  graph.reports.failing = true;
  graph.reports.pollsNeeded = 1;
  const started = await ask(`${account()}/insights`, { method: 'POST' });
  expect((await ask(String(started.body.report_run_id))).body.async_status).toBe('Job Failed');
  graph.reports.failing = false;
});

test('a wrong spec is refused', () => {
  expect(() => graph.faults.add({ kind: 'reset', times: 0 })).toThrow();
  expect(graph.faults.list()).toEqual([]);
});

test('closing ends what hangs', async () => {
  const server = await startGraphServer();
  server.faults.add({ kind: 'hang' });
  const asked = askGraph(server, 'me');
  await server.journal.until((journal) => journal.count('me') === 1);
  await Promise.all([expect(asked).rejects.toThrow('fetch failed'), server.close()]);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';
import { ask, toObject } from './graph/client.ts';
import { type GraphServer, startGraphServer } from './graph/index.ts';
import { Latency } from './graph/latency.ts';

let graph: GraphServer;

beforeAll(async () => {
  graph = await startGraphServer();
});
beforeEach(() => graph.journal.clear());
afterAll(() => graph.close());

async function steer(method: string, thing: string, body?: unknown) {
  const response = await fetch(`${graph.url}/__standin/${thing}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

test('the journal counts by route and token, and is read and cleared over HTTP', async () => {
  await ask(graph, 'me');
  await ask(graph, `act_${graph.settings.adAccountId}`);
  expect((await steer('GET', 'journal?requests=0')).answer).toMatchObject({
    counts: { me: { brl: 1 }, account: { brl: 1 } },
    validations: 0,
    crossTenant: 0,
  });
  const { answer } = await steer('GET', 'journal');
  expect(toObject(answer).requests).toMatchObject([{ route: 'me', status: 200 }, { route: 'account' }]);
  expect(JSON.stringify(answer)).not.toContain(graph.settings.accessToken);
  await steer('DELETE', 'journal');
  expect(graph.journal.requests).toEqual([]);
});

test('connections are counted once however many requests they carry', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { authorization: `Bearer ${graph.settings.accessToken}` };
  for (let index = 0; index < 5; index++) {
    const request = get(`${graph.url}/v26.0/me`, { agent, headers });
    const [response] = await once(request, 'response');
    response.resume();
    await once(response, 'end');
  }
  expect(graph.journal.connections).toBe(1);
  expect(new Set(graph.journal.requests.map(({ connection }) => connection)).size).toBe(1);
  const open = graph.journal.openConnections;
  agent.destroy();
  await graph.journal.until(({ openConnections }) => openConnections < open);
});

test('faults, tokens, paging, usage and latency are steered over HTTP', async () => {
  const { answer } = await steer('POST', 'faults', { kind: 'error', code: 2, route: 'me' });
  expect((await ask(graph, 'me')).status).toBe(500);
  expect((await steer('GET', 'faults')).answer).toMatchObject([{ kind: 'error', hits: 1 }]);
  await steer('DELETE', `faults/${String(toObject(answer).id)}`);
  expect((await ask(graph, 'me')).status).toBe(200);
  await steer('POST', 'tokens/brl/revoke', { subcode: 463 });
  expect((await ask(graph, 'me')).status).toBe(401);
  await steer('POST', 'tokens/brl/restore');
  expect((await ask(graph, 'me')).status).toBe(200);
  await steer('POST', 'paging', { emptyPages: true });
  expect(graph.paging.quirks.emptyPages).toBe(true);
  await steer('POST', 'paging', {});
  expect((await steer('POST', 'usage', { account: 96 })).status).toBe(200);
  expect((await steer('DELETE', 'usage')).status).toBe(200);
  expect((await steer('POST', 'latency', { me: 0, other: 0 })).status).toBe(200);
});

test('what is expected can be asked from another process', async () => {
  const [campaign] = graph.data.campaigns({ kind: 'good' });
  const { answer } = await steer('GET', `expected?campaignId=${campaign?.id}&preset=last_7d`);
  expect(answer).toEqual(graph.data.expectedInsights({ campaignId: campaign?.id, preset: 'last_7d' }));
  expect((await steer('GET', 'accounts')).answer).toHaveLength(3);
});

test.each([
  ['POST', 'faults', { kind: 'explosion' }, 400],
  ['POST', 'faults', { kind: 'reset', route: 'nowhere' }, 400],
  ['POST', 'tokens/nobody/revoke', {}, 400],
  ['POST', 'latency', 'snail', 400],
  ['GET', 'expected?preset=someday', undefined, 400],
  ['GET', 'nothing', undefined, 404],
])('%s %s %j is refused', async (method, thing, body, status) => {
  expect((await steer(method, thing, body)).status).toBe(status);
});

test('realistic latency makes connecting cost some 400 ms and a data call some 50', () => {
  const latency = new Latency('seed', 'realistic');
  for (let index = 0; index < 100; index++) {
    const connecting = Math.max(latency.next('debug_token'), latency.next('account'));
    expect(connecting).toBeGreaterThanOrEqual(300);
    expect(connecting).toBeLessThanOrEqual(500);
    expect(latency.next('campaigns')).toBeGreaterThan(40);
    expect(latency.next('campaigns')).toBeLessThan(60);
  }
  latency.set('none');
  expect(latency.next('debug_token')).toBe(0);
});

test('as a process it prints where it is and ends with its parent', async () => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/support/graph/main.ts', '--until-stdin-closes'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exit = once(child, 'exit');
  try {
    const [line] = await once(createInterface(child.stdout), 'line');
    const { url, version, env } = toObject(JSON.parse(String(line)));
    expect(toObject(env)).toMatchObject({ FACEBOOK_GRAPH_URL: url, FACEBOOK_GRAPH_VERSION: version });
    expect((await fetch(`${String(url)}/${String(version)}/me`)).status).toBe(400);
  } finally {
    child.stdin.end();
  }
  expect(await exit).toEqual([0, null]);
});

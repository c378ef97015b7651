import { jest } from '@jest/globals';
import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import {
  GraphDeadlineError,
  GraphTokenError,
  GraphTransientError,
} from '../../../api/src/agents/graph-errors.ts';
import { GraphOperation } from '../../../api/src/agents/graph-operation.ts';
import { GraphTransport } from '../../../api/src/agents/graph-transport.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { RecordingObserver } from './recording-observer.ts';

let graph: GraphServer;
let seen: RecordingObserver;
let transport: GraphTransport;

beforeEach(async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
  graph = await startGraphServer({ requireProof: true });
  seen = new RecordingObserver();
  transport = new GraphTransport(graph.settings, seen);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await graph.close();
});

const account = () => `act_${graph.settings.adAccountId}`;
const operation = (budgetSeconds = 10, signal?: AbortSignal) => new GraphOperation(budgetSeconds, signal);

test('a POST carries its parameters in the body, with the proof', async () => {
  const path = [account(), 'insights'];
  const body = await transport.request({ method: 'POST', path, params: { level: 'campaign' } }, operation());
  expect(body).toEqual({ report_run_id: expect.any(String) });
  expect(graph.journal.requests).toEqual([
    expect.objectContaining({
      method: 'POST',
      proof: 'valid',
      credential: 'bearer',
      query: { level: 'campaign' },
    }),
  ]);
});

test.each(['bare-500', 'reset', 'empty-503'] as const)(
  'a POST is never tried again after a %s',
  async (kind) => {
    graph.faults.add({ kind });
    const call = transport.request({ method: 'POST', path: [account(), 'insights'] }, operation());
    await expect(call).rejects.toThrow();
    expect(graph.journal.count()).toBe(1);
  },
);

test('parameters: objects as JSON, undefined ones left out, the caller’s object untouched', async () => {
  const params = Object.freeze({
    fields: 'id',
    limit: 2,
    after: undefined,
    effective_status: Object.freeze(['ACTIVE']),
  });
  await transport.request({ method: 'GET', path: [account(), 'campaigns'], params }, operation());
  expect(graph.journal.requests[0]?.query).toEqual({
    fields: 'id',
    limit: '2',
    effective_status: '["ACTIVE"]',
  });
});

test('a path cannot leave the version', async () => {
  await expect(transport.request({ method: 'GET', path: ['../v1.0/me'] }, operation())).rejects.toThrow();
  expect(graph.journal.requests[0]?.path).toBe('/v27.0/..%2Fv1.0%2Fme');
});

test('a spent budget makes no call, and a retry that does not fit is not made', async () => {
  await expect(transport.request({ method: 'GET', path: [account()] }, operation(0))).rejects.toBeInstanceOf(
    GraphDeadlineError,
  );
  expect(graph.journal.count()).toBe(0);
  jest.spyOn(Math, 'random').mockReturnValue(1);
  graph.faults.add({ kind: 'bare-500' });
  await expect(
    transport.request({ method: 'GET', path: [account()] }, operation(0.19)),
  ).rejects.toBeInstanceOf(GraphTransientError);
  expect(graph.journal.count()).toBe(1);
});

test('an operation’s budget bounds its calls, however long their own deadline is', async () => {
  graph.faults.add({ kind: 'hang' });
  await expect(
    transport.request({ method: 'GET', path: [account()] }, operation(0.1)),
  ).rejects.toBeInstanceOf(GraphDeadlineError);
});

test('a signal that aborts ends a call, and a wait between calls, with its reason', async () => {
  const reason = new Error('not wanted any more');
  const abort = new AbortController();
  graph.faults.add({ kind: 'hang' });
  const call = transport.request({ method: 'GET', path: [account()] }, operation(10, abort.signal));
  call.catch(() => {});
  await graph.journal.until((journal) => journal.count() === 1);
  abort.abort(reason);
  await expect(call).rejects.toBe(reason);

  const waiting = new AbortController();
  const asleep = operation(10, waiting.signal).sleep(60_000);
  waiting.abort(reason);
  await expect(asleep).rejects.toBe(reason);
  await expect(operation(10, waiting.signal).sleep(1)).rejects.toBe(reason);
});

test.each(['token with spaces', 'line\nbreak', 'tökén-nöt-réal', ''])(
  '%j is no token: no call',
  async (token) => {
    const odd = new GraphTransport({ ...graph.settings, accessToken: token }, seen);
    await expect(odd.request({ method: 'GET', path: ['me'] }, operation())).rejects.toBeInstanceOf(
      GraphTokenError,
    );
    expect(graph.journal.count()).toBe(0);
  },
);

test('fifty reads one after another need no new connection', async () => {
  const agent = new FacebookAdsAgent(graph.settings, { observer: seen });
  await agent.connect();
  const { connections } = graph.journal;
  for (let read = 0; read < 50; read++) await agent.getCampaigns(undefined, 1);
  expect(graph.journal.connections).toBe(connections);
  expect(connections).toBeLessThanOrEqual(2);
});

test('agents made one after another share their connections', async () => {
  for (let round = 0; round < 20; round++) {
    await new FacebookAdsAgent(graph.settings, { observer: seen }).getCampaigns(undefined, 1);
  }
  expect(graph.journal.connections).toBeLessThanOrEqual(4);
});

test('a Graph URL with a path keeps it', async () => {
  const behind = new GraphTransport({ ...graph.settings, graphUrl: `${graph.url}/proxy/` }, seen);
  await expect(behind.request({ method: 'GET', path: ['me'] }, operation())).rejects.toThrow();
  expect(graph.journal.requests[0]?.path).toBe('/proxy/v27.0/me');
});

import { jest } from '@jest/globals';
import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import {
  GraphBadQueryError,
  GraphDeadlineError,
  type GraphError,
  GraphPermissionError,
  GraphPolicyError,
  GraphProtocolError,
  GraphThrottleError,
  GraphTokenError,
  GraphTooMuchDataError,
  GraphTransientError,
  GraphUnreachableError,
  GraphVersionError,
} from '../../../api/src/agents/graph-errors.ts';
import type { FaultSpec } from '../../support/graph/fault-spec.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { eventually } from './eventually.ts';
import { fakeWaits } from './fake-waits.ts';
import { RecordingObserver } from './recording-observer.ts';

let graph: GraphServer;
let seen: RecordingObserver;
let agent: FacebookAdsAgent;

beforeEach(async () => {
  // The shortest backoff: every wait is drawn as zero.
  jest.spyOn(Math, 'random').mockReturnValue(0);
  graph = await startGraphServer();
  seen = new RecordingObserver();
  agent = new FacebookAdsAgent(graph.settings, { observer: seen });
  await agent.connect();
  graph.journal.clear();
});

afterEach(async () => {
  jest.restoreAllMocks();
  await graph.close();
});

async function failureOf(call: Promise<unknown>): Promise<GraphError> {
  const error = await call.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  return error as GraphError;
}

type Kind = new (...args: never[]) => GraphError;

const THROTTLES = [4, 17, 32, 613, 341, 80000, 80001, 80002, 80003, 80004, 80005, 80006, 80008, 80009, 80014];
const coded = (code: number, subcode?: number): FaultSpec => ({ kind: 'error', code, subcode });

describe.each<[string, FaultSpec, Kind, number, number]>([
  ...THROTTLES.map(
    (code) =>
      [`code ${code}`, coded(code), GraphThrottleError, 429, 1] as [string, FaultSpec, Kind, number, number],
  ),
  ['code 1', coded(1), GraphTransientError, 502, 3],
  ['code 2', coded(2), GraphTransientError, 502, 3],
  ['is_transient', { kind: 'error', code: 99_999, transient: true }, GraphTransientError, 502, 3],
  [
    'an unknown code with status 500',
    { kind: 'error', code: 99_999, status: 500 },
    GraphTransientError,
    502,
    3,
  ],
  [
    'an unknown code',
    { kind: 'error', code: 99_999, transient: false, status: 400 },
    GraphBadQueryError,
    502,
    1,
  ],
  ['a bare 500', { kind: 'bare-500' }, GraphTransientError, 502, 3],
  ['an HTML 502', { kind: 'html-502' }, GraphTransientError, 502, 3],
  ['an empty 503', { kind: 'empty-503' }, GraphTransientError, 502, 3],
  ['an error in a 200', { kind: 'error-in-200' }, GraphTransientError, 502, 3],
  ['truncated JSON', { kind: 'truncated-json' }, GraphTransientError, 502, 3],
  ['JSON that is no object', { kind: 'body', body: '42' }, GraphTransientError, 502, 3],
  ['rows that are none', { kind: 'body', body: '{"data": 7}' }, GraphProtocolError, 502, 1],
  ['a row without id', { kind: 'body', body: '{"data": [{}]}' }, GraphProtocolError, 502, 1],
  ['a 404 page', { kind: 'body', status: 404, body: '<html>' }, GraphProtocolError, 502, 1],
  ['a redirect', { kind: 'body', status: 302, body: '{}' }, GraphProtocolError, 502, 1],
  ['a proxy saying 429', { kind: 'body', status: 429, body: 'slow down' }, GraphThrottleError, 429, 1],
  ['a reset', { kind: 'reset' }, GraphUnreachableError, 503, 3],
  ['a reset within the body', { kind: 'reset-mid-body' }, GraphUnreachableError, 503, 3],
  ['too much data (1)', { kind: 'too-much-data', aboveLimit: 0 }, GraphTooMuchDataError, 502, 6],
  ['too much data (100/1487534)', coded(100, 1_487_534), GraphTooMuchDataError, 502, 6],
  ['too much data (100/1504018)', coded(100, 1_504_018), GraphTooMuchDataError, 502, 6],
  ['too much data (2/1504038)', coded(2, 1_504_038), GraphTooMuchDataError, 502, 6],
  ['a bad query with code 2/1504041', coded(2, 1_504_041), GraphBadQueryError, 502, 1],
  ['a bad query with code 2/1504042', coded(2, 1_504_042), GraphBadQueryError, 502, 1],
  ['a bad parameter', coded(100), GraphBadQueryError, 502, 1],
  ...[undefined, 458, 459, 460, 463, 464, 467].map(
    (subcode) =>
      [`token ${subcode}`, coded(190, subcode), GraphTokenError, 503, 1] as [
        string,
        FaultSpec,
        Kind,
        number,
        number,
      ],
  ),
  ['token 102', coded(102), GraphTokenError, 503, 1],
  ...[3, 10, 200, 272, 299].map(
    (code) =>
      [`code ${code}`, coded(code), GraphPermissionError, 502, 1] as [
        string,
        FaultSpec,
        Kind,
        number,
        number,
      ],
  ),
  ['an account out of reach', coded(100, 33), GraphPermissionError, 502, 1],
  ['policy', coded(368), GraphPolicyError, 502, 1],
  ['version', coded(2635), GraphVersionError, 502, 1],
])('%s', (_, fault, kind, status, attempts) => {
  const readable = fault.kind === 'body' && fault.body.startsWith('{"data');

  test(`is a ${kind.name} (${status}) after ${attempts} calls, and passes with its cause`, async () => {
    const active = graph.faults.add({ ...fault, route: 'campaigns' });
    const error = await failureOf(agent.getCampaigns());
    expect(error).toBeInstanceOf(kind);
    expect(error.name).toBe(kind.name);
    expect(error.status).toBe(status);
    expect(error.headers['Retry-After'] !== undefined).toBe(status === 429 || status === 503);
    expect(graph.journal.count('campaigns')).toBe(attempts);
    // Rows are only looked at once the call itself is over.
    const outcome = readable ? 'ok' : error.slug;
    expect(seen.outcomes.slice(-attempts)).toEqual(Array(attempts).fill(outcome));
    active.clear();
    expect(await agent.getCampaigns(undefined, 1)).toHaveLength(1);
    expect(graph.journal.validations()).toBe(0);
  });
});

describe('retries', () => {
  test.each<[FaultSpec['kind']]>([['bare-500'], ['html-502'], ['empty-503'], ['truncated-json'], ['reset']])(
    'a %s that passes is not noticed',
    async (kind) => {
      graph.faults.add({ kind, times: 2 } as FaultSpec);
      expect(await agent.getCampaigns(undefined, 1)).toHaveLength(1);
      expect(seen.outcomes.slice(-3).at(-1)).toBe('ok');
      expect(graph.journal.count('campaigns')).toBe(3);
    },
  );

  test('wait a random part of a bound that doubles', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    graph.faults.add({ kind: 'bare-500', times: 2 });
    await agent.getCampaigns(undefined, 1);
    expect(seen.waits).toEqual([
      { reason: 'backoff', seconds: 0.1 },
      { reason: 'backoff', seconds: 0.2 },
    ]);
  });
});

describe('deadlines', () => {
  afterEach(() => jest.useRealTimers());

  test.each<FaultSpec['kind']>(['hang', 'slow-body'])(
    'a %s ends in a 504 and cuts the call',
    async (kind) => {
      fakeWaits();
      graph.faults.add({ kind, route: 'campaigns' } as FaultSpec);
      const call = failureOf(agent.getCampaigns());
      await eventually(() => graph.journal.requests.some(({ fault }) => fault !== undefined));
      jest.advanceTimersByTime(graph.settings.timeoutSeconds * 1000);
      const error = await call;
      expect(error).toBeInstanceOf(GraphDeadlineError);
      expect(error.status).toBe(504);
      await graph.journal.until(({ requests }) => requests.every(({ status }) => status === 'aborted'));
      expect(graph.journal.count('campaigns')).toBe(1);
    },
  );

  test('a failing half stops the other half', async () => {
    graph.faults.add({ kind: 'hang', route: 'campaigns' });
    graph.faults.add({ kind: 'permission', route: 'account_insights' });
    expect(await failureOf(agent.getCampaignsWithInsights())).toBeInstanceOf(GraphPermissionError);
    await graph.journal.until(({ requests }) =>
      requests.some(({ route, status }) => route === 'campaigns' && status === 'aborted'),
    );
  });
});

describe('a page that is too much', () => {
  test('is read in smaller ones, from where it stopped', async () => {
    const whole = await agent.getCampaigns();
    graph.journal.clear();
    graph.faults.add({ kind: 'too-much-data', aboveLimit: 40, route: 'campaigns' });
    expect(await agent.getCampaigns()).toEqual(whole);
    const limits = graph.journal.requests.map(({ query }) => Number(query.limit));
    expect(limits.slice(0, 5)).toEqual([500, 250, 125, 62, 31]);
    expect(new Set(limits.slice(5))).toEqual(new Set([31]));
  });
});

describe('paging', () => {
  const page = (paging: unknown): FaultSpec => ({
    kind: 'body',
    route: 'campaigns',
    body: JSON.stringify({ data: [], paging }),
  });

  test.each<[string, (origin: string) => unknown]>([
    ['another host', () => ({ next: 'http://graph.example/x', cursors: { after: 'a' } })],
    ['another port', () => ({ next: 'http://127.0.0.1:1/x', cursors: { after: 'a' } })],
    ['another scheme', (origin) => ({ next: origin.replace('http:', 'https:'), cursors: { after: 'a' } })],
    ['nowhere', () => ({ next: 'x', cursors: { after: 'a' } })],
    ['no cursor', (origin) => ({ next: `${origin}/x`, cursors: {} })],
  ])('a next page at %s is refused', async (_, paging) => {
    graph.faults.add(page(paging(graph.url)));
    expect(await failureOf(agent.getCampaigns())).toBeInstanceOf(GraphProtocolError);
    expect(graph.journal.count()).toBe(1);
  });

  test('a cursor that leads to itself ends', async () => {
    graph.faults.add(page({ next: `${graph.url}/x`, cursors: { after: 'same' } }));
    expect(await failureOf(agent.getCampaigns())).toBeInstanceOf(GraphProtocolError);
    expect(graph.journal.count()).toBe(2);
  });
});

import { jest } from '@jest/globals';
import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import {
  AgentUnavailableError,
  GraphDownError,
  type GraphError,
} from '../../../api/src/agents/graph-errors.ts';
import type { FaultSpec } from '../../support/graph/fault-spec.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { fakeWaits } from './fake-waits.ts';
import { RecordingObserver } from './recording-observer.ts';

let graph: GraphServer;
let seen: RecordingObserver;
let agent: FacebookAdsAgent;

beforeEach(async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
  graph = await startGraphServer();
  seen = new RecordingObserver();
  agent = new FacebookAdsAgent(graph.settings, { observer: seen });
  await agent.connect();
});

afterEach(async () => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  await graph.close();
});

const read = () => agent.getCampaigns(undefined, 1);
const failure = (call: Promise<unknown>) => call.catch((error: unknown) => error) as Promise<GraphError>;

/** Opens the circuit with timers that run by themselves, but can also be moved on at once. */
async function openCircuit(): Promise<void> {
  fakeWaits({ flowing: true });
  graph.faults.add({ kind: 'bare-500' });
  while (seen.circuit.length === 0) await failure(read());
  graph.journal.clear();
}

describe('when Graph is down', () => {
  test('calls fail without being made, and say when to come back', async () => {
    graph.faults.add({ kind: 'bare-500' });
    while (seen.circuit.length === 0) await failure(read());
    expect(seen.circuit).toEqual(['open']);
    graph.journal.clear();
    const errors = await Promise.all(Array.from({ length: 200 }, () => failure(read())));
    for (const error of errors) {
      expect(error).toBeInstanceOf(GraphDownError);
      expect(error.status).toBe(503);
      expect(['1', '2']).toContain(error.headers['Retry-After']);
    }
    expect(graph.journal.count()).toBe(0);
  });

  test('an agent that is not connected yet is unavailable at once, too', async () => {
    graph.faults.add({ kind: 'reset' });
    while (seen.circuit.length === 0) await failure(read());
    graph.journal.clear();
    const error = await failure(new FacebookAdsAgent(graph.settings).connect());
    expect(error).toBeInstanceOf(AgentUnavailableError);
    expect(error.cause).toBeInstanceOf(GraphDownError);
    expect(graph.journal.count()).toBe(0);
  });
});

describe('recovery', () => {
  test('one probe goes through, and its success closes the circuit', async () => {
    await openCircuit();
    graph.faults.clear();
    expect(await failure(read())).toBeInstanceOf(GraphDownError);
    await jest.advanceTimersByTimeAsync(2000);
    expect(seen.circuit.at(-1)).toBe('half-open');
    expect(await read()).toHaveLength(1);
    expect(await read()).toHaveLength(1);
    expect(seen.circuit).toEqual(['open', 'half-open', 'closed']);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['two reads at once', () => agent.getCampaignsWithInsights()],
    [
      'an agent that connects',
      () => new FacebookAdsAgent(graph.settings, { observer: seen }).getCampaigns(undefined, 1),
    ],
  ])('the probe may be one of several calls: %s', async (_, recover) => {
    await openCircuit();
    graph.faults.clear();
    await jest.advanceTimersByTimeAsync(2000);
    expect(Array.isArray(await recover())).toBe(true);
    expect(seen.circuit).toEqual(['open', 'half-open', 'closed']);
  });

  test('a failing probe opens it again, for all others at once', async () => {
    await openCircuit();
    await jest.advanceTimersByTimeAsync(2000);
    const errors = await Promise.all(Array.from({ length: 20 }, () => failure(read())));
    expect(errors.filter((error) => error instanceof GraphDownError).length).toBeGreaterThanOrEqual(19);
    expect(graph.journal.count('campaigns')).toBe(1);
    expect(seen.circuit).toEqual(['open', 'half-open', 'open']);
  });

  test.each<FaultSpec>([{ kind: 'permission' }, { kind: 'error', code: 190 }, { kind: 'error', code: 17 }])(
    'a refusal proves Graph up: %j',
    async (fault) => {
      await openCircuit();
      graph.faults.clear();
      graph.faults.add(fault);
      await jest.advanceTimersByTimeAsync(2000);
      await failure(read());
      expect(seen.circuit.at(-1)).toBe('closed');
    },
  );
});

test('a probe whose caller gives up proves nothing: the circuit stays open', async () => {
  await openCircuit();
  graph.faults.clear();
  graph.faults.add({ kind: 'hang' });
  await jest.advanceTimersByTimeAsync(2000);
  const abort = new AbortController();
  const connecting = failure(new FacebookAdsAgent(graph.settings).connect({ signal: abort.signal }));
  await graph.journal.until((journal) => journal.count() === 1);
  abort.abort();
  await connecting;
  expect(await failure(read())).toBeInstanceOf(GraphDownError);
  expect(seen.circuit).toEqual(['open', 'half-open', 'open']);
});

test.each<FaultSpec>([
  { kind: 'permission' },
  { kind: 'error', code: 190 },
  { kind: 'error', code: 17 },
  { kind: 'error', code: 100 },
  { kind: 'too-much-data', aboveLimit: 0 },
])('refusals never open it: %j', async (fault) => {
  graph.faults.add(fault);
  for (let call = 0; call < 25; call++) await failure(read());
  expect(seen.circuit).toEqual([]);
});

test('callers that give up never open it', async () => {
  graph.faults.add({ kind: 'hang' });
  for (let call = 0; call < 25; call++) {
    const abort = new AbortController();
    const connecting = new FacebookAdsAgent(graph.settings, { observer: seen }).connect({
      signal: abort.signal,
    });
    abort.abort();
    await failure(connecting);
  }
  expect(seen.circuit).toEqual([]);
  expect(seen.outcomes.filter((outcome) => outcome !== 'ok')).toEqual(
    Array(seen.outcomes.length - 2).fill('aborted'),
  );
});

describe('what counts', () => {
  test('after a recovery neither refused calls nor old successes keep it closed', async () => {
    await openCircuit();
    for (let call = 0; call < 1000; call++) await failure(read());
    graph.faults.clear();
    await jest.advanceTimersByTimeAsync(2000);
    await read();
    expect(seen.circuit.at(-1)).toBe('closed');
    graph.faults.add({ kind: 'bare-500' });
    graph.journal.clear();
    for (let call = 0; call < 200; call++) await failure(read());
    expect(graph.journal.count()).toBeLessThanOrEqual(10);
    expect(seen.circuit.at(-1)).toBe('open');
  });

  test('a call that began before it opened says nothing about it', async () => {
    const fault = graph.faults.add({ kind: 'hang', times: 1 });
    const early = failure(read());
    await fault.struck();
    await openCircuit();
    graph.faults.clear();
    await jest.advanceTimersByTimeAsync(2000);
    expect(seen.circuit.at(-1)).toBe('half-open');
    fault.release();
    await early;
    expect(seen.circuit.at(-1)).toBe('half-open');
  });
});

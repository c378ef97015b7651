import { jest } from '@jest/globals';
import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import { GraphThrottleError } from '../../../api/src/agents/graph-errors.ts';
import { registry } from '../../../api/src/observability/prometheus.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { eventually } from './eventually.ts';
import { fakeWaits } from './fake-waits.ts';
import { RecordingObserver } from './recording-observer.ts';

const START = new Date('2026-11-22T12:00:00Z');

let graph: GraphServer;
let seen: RecordingObserver;
let agent: FacebookAdsAgent;
let elapsed: number;

beforeEach(async () => {
  elapsed = 0;
  graph = await startGraphServer({ now: () => new Date(START.getTime() + elapsed) });
  seen = new RecordingObserver();
  agent = new FacebookAdsAgent(graph.settings, { observer: seen });
  await agent.connect();
  graph.journal.clear();
  // Sockets stay real; only waits and the clock that measures them are ours.
  fakeWaits();
});

afterEach(async () => {
  jest.useRealTimers();
  await graph.close();
});

async function pass(seconds: number): Promise<void> {
  elapsed += seconds * 1000;
  await jest.advanceTimersByTimeAsync(seconds * 1000);
}

const read = () => agent.getCampaigns(undefined, 1);

async function refusal(call: Promise<unknown>): Promise<GraphThrottleError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GraphThrottleError);
  return error as GraphThrottleError;
}

describe('a throttle', () => {
  test('that ends within the budget is waited for', async () => {
    graph.faults.add({ kind: 'throttle', code: 17, regainSeconds: 4 });
    const call = read();
    await eventually(() => seen.waits.length === 1);
    expect(seen.waits).toEqual([{ reason: 'throttle', seconds: expect.closeTo(4, 0) }]);
    await pass(5);
    expect(await call).toHaveLength(1);
    expect(graph.journal.count('campaigns')).toBe(2);
  });

  test('that lasts longer is a 429 that says how long', async () => {
    graph.faults.add({ kind: 'throttle', code: 80_004, regainSeconds: 300 });
    const error = await refusal(read());
    expect(error.status).toBe(429);
    expect(error.headers['Retry-After']).toBe('300');
    expect(seen.waits).toEqual([]);
  });

  test('is not worsened by further calls, but for a probe every two seconds', async () => {
    graph.faults.add({ kind: 'throttle', code: 4, regainSeconds: 300 });
    graph.usage.set({ account: 100 });
    await refusal(read());
    await Promise.all(Array.from({ length: 50 }, () => refusal(read())));
    expect(graph.journal.count('campaigns')).toBe(1);
    await pass(2);
    await refusal(read());
    expect((await refusal(read())).headers['Retry-After']).toBe('298');
    expect(graph.journal.count('campaigns')).toBe(2);
    graph.faults.clear();
    graph.usage.reset();
    await pass(2);
    expect(await read()).toHaveLength(1);
    expect(await read()).toHaveLength(1);
  });

  test('keeps the agent: nothing is validated again', async () => {
    graph.faults.add({ kind: 'throttle', code: 17, regainSeconds: 120 });
    await refusal(read());
    await pass(121);
    expect(await read()).toHaveLength(1);
    expect(graph.journal.validations()).toBe(0);
  });
});

describe('usage', () => {
  test('is read from the headers and exported', async () => {
    graph.usage.set({ app: 12, account: 34, business: 56, insights: 78 });
    graph.usage.absentEvery = 0;
    const metered = new FacebookAdsAgent(graph.settings);
    await metered.getAccountInsights('last_7d');
    await agent.getAccountInsights('last_7d');
    expect(seen.usages.at(-1)?.percent).toEqual({ app: 12, account: 34, business: 56, insights: 78 });
    const text = await registry.metrics();
    expect(text).toMatch(/^facebook_graph_usage_ratio\{scope="account"\} 0\.34$/m);
    expect(text).toMatch(/^facebook_graph_requests_total\{edge="insights",outcome="ok"\} 1$/m);
    expect(text).toMatch(/^facebook_graph_request_duration_seconds_count\{edge="debug_token"\} 1$/m);
  });

  test('headers may be absent', async () => {
    graph.usage.absentEvery = 1;
    seen.usages.length = 0;
    await read();
    expect(seen.usages).toEqual([]);
  });

  test('up to 95 % holds nothing back', async () => {
    graph.usage.set({ account: 95 });
    for (let call = 0; call < 10; call++) await read();
    expect(seen.waits).toEqual([]);
  });

  test.each([
    [96, 0.56],
    [100, 2],
  ])('at %i %% spaces calls out by %f s', async (percent, spacing) => {
    graph.usage.set({ business: percent });
    graph.usage.absentEvery = 0;
    await read();
    await read();
    expect(graph.journal.count('campaigns')).toBe(2);
    const calls = [read(), read()];
    await eventually(() => seen.waits.length === 2);
    expect(seen.waits).toEqual([
      { reason: 'pace', seconds: expect.closeTo(spacing, 1) },
      { reason: 'pace', seconds: expect.closeTo(2 * spacing, 1) },
    ]);
    expect(graph.journal.count('campaigns')).toBe(2);
    await pass(2 * spacing + 0.1);
    await Promise.all(calls);
  });

  test('pacing that does not fit the budget is a 429, and an old reading is forgotten', async () => {
    graph.usage.set({ app: 100 });
    graph.usage.absentEvery = 0;
    await read();
    const calls = Array.from({ length: 20 }, () => read().catch((error: unknown) => error));
    await eventually(() => seen.waits.length >= 14);
    await pass(31);
    const results = await Promise.all(calls);
    expect(results.filter((result) => result instanceof GraphThrottleError).length).toBeGreaterThan(0);
    expect(results.filter((result) => Array.isArray(result)).length).toBeGreaterThan(10);
    graph.usage.reset();
    await pass(120);
    seen.waits.length = 0;
    await read();
    await read();
    expect(seen.waits).toEqual([]);
  });
});

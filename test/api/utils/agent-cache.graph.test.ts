import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { AgentUnavailableError, GraphTokenError } from '../../../api/src/agents/graph-errors.ts';
import { registry } from '../../../api/src/observability/prometheus.ts';
import { runInRequestContext } from '../../../api/src/observability/request-context.ts';
import {
  configureAgentCache,
  getCachedAgentProvider,
  getFacebookAgent,
} from '../../../api/src/utils/agent-cache.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';

// The real agent, against a Graph server over HTTP.

let graph: GraphServer;
let logs: LogCapture;

beforeAll(async () => {
  graph = await startGraphServer();
});

afterAll(async () => {
  configureAgentCache({});
  await graph.close();
});

beforeEach(() => {
  logs = captureLogs();
  graph.journal.clear();
  configureAgentCache({ settings: graph.settings, ttl: 3600, staleFor: 300, keepWarm: false });
});

afterEach(() => {
  graph.faults.clear();
  logs.stop();
});

test('two hundred callers at once cost one validation', async () => {
  const agents = await Promise.all(Array.from({ length: 200 }, () => getFacebookAgent()));
  expect(new Set(agents).size).toBe(1);
  expect(graph.journal.validations()).toBe(1);
  expect(agents[0]?.account?.id).toContain(graph.settings.adAccountId);
  await agents[0]?.getCampaigns(undefined, 1);
  expect(graph.journal.validations()).toBe(1);
});

test('a token that Graph refuses in use costs the agent its place, once for all who meet it', async () => {
  const agent = await getFacebookAgent();
  graph.faults.add({ kind: 'error', code: 190, route: 'campaigns' });
  const uses = await Promise.allSettled([agent.getCampaigns(), agent.getCampaigns(), agent.getCampaigns()]);
  for (const use of uses) expect(use).toMatchObject({ reason: expect.any(GraphTokenError) });
  expect(getCachedAgentProvider().getStats().cached).toBe(false);
  graph.faults.clear();
  const next = await getFacebookAgent();
  expect(next).not.toBe(agent);
  await expect(agent.getCampaigns(undefined, 1)).resolves.toHaveLength(1);
  expect(await getFacebookAgent()).toBe(next);
  expect(graph.journal.validations()).toBe(2);
});

test('while Graph refuses the token, callers are turned away without a call, and the token stays secret', async () => {
  graph.faults.add({ kind: 'error', code: 190, message: 'Bad token {token}' });
  const first = await getFacebookAgent().catch((error: unknown) => error);
  const { length } = graph.journal.requests;
  const second = await getFacebookAgent().catch((error: unknown) => error);
  for (const error of [first, second]) {
    expect(error).toBeInstanceOf(AgentUnavailableError);
    expect(error).toMatchObject({ cause: expect.any(GraphTokenError) });
  }
  expect(graph.journal.requests).toHaveLength(length);
  getCachedAgentProvider().invalidateCache();
  graph.faults.clear();
  await expect(getFacebookAgent()).resolves.toBeDefined();
  const told = [...logs.lines, await registry.metrics()].join('\n');
  expect(told).toContain('Failed to create FacebookAdsAgent: Facebook Credential Refused');
  expect(told).not.toContain(graph.settings.accessToken);
  expect(told).not.toContain(graph.settings.appSecret);
});

test("the lines of a creation do not carry the first caller's request id", async () => {
  await runInRequestContext({ requestId: 'request-1' }, () => getFacebookAgent());
  runInRequestContext({ requestId: 'request-2' }, () => getCachedAgentProvider().invalidateCache());
  expect(logs.lines.filter((line) => line.includes('request-1'))).toEqual([]);
  expect(logs.lines.at(-1)).toContain('Manually invalidating FacebookAdsAgent cache request_id=request-2');
});

test('each advertiser has an agent with their own token, and none meets another account', async () => {
  const { accessToken, adAccountId } = graph.settingsFor('clp');
  const own = await getFacebookAgent();
  const other = await getFacebookAgent({ accessToken, adAccountId });
  expect(other.account).toMatchObject({ currency: 'CLP' });
  expect(own.account).toMatchObject({ currency: 'BRL' });
  await Promise.all([own.getCampaigns(undefined, 1), other.getCampaigns(undefined, 1)]);
  expect(await getFacebookAgent({ accessToken, adAccountId })).toBe(other);
  expect(graph.journal.crossTenant()).toEqual([]);
  expect(graph.journal.validations()).toBe(2);
});

test("an agent does not outlive its credential's expiry", async () => {
  const expiresAt = Math.floor(Date.now() / 1000) + 3600;
  const input = {
    id: 'short',
    token: 'test-token-short-not-real',
    accountId: '10150000000000909',
    expiresAt,
  };
  graph.addTenant(input);
  const credentials = { accessToken: input.token, adAccountId: input.accountId };
  const agent = await getFacebookAgent(credentials);
  expect(agent.credentialExpiresAt).toEqual(new Date(expiresAt * 1000));
  const provider = getCachedAgentProvider({ ...credentials, cacheTtl: 100_000 });
  expect(provider.getStats().is_valid).toBe(true);
  jest.spyOn(Date, 'now').mockReturnValue(expiresAt * 1000);
  expect(provider.getStats().is_valid).toBe(false);
  jest.restoreAllMocks();
});

import { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';
import {
  AgentUnavailableError,
  GraphError,
  GraphPermissionError,
  GraphTokenError,
  GraphUnreachableError,
} from '../../../api/src/agents/graph-errors.ts';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';

/** Before anything of this file has connected. */
const LISTENERS = process.listenerCount('uncaughtException');

let graph: GraphServer;

beforeEach(async () => {
  graph = await startGraphServer({ requireProof: true });
});

afterEach(() => graph.close());

async function refusal(agent: FacebookAdsAgent): Promise<AgentUnavailableError> {
  const error = await agent.connect().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AgentUnavailableError);
  return error as AgentUnavailableError;
}

describe('connecting', () => {
  test('validates the token and reads the account, once', async () => {
    const agent = new FacebookAdsAgent(graph.settings);
    expect(graph.journal.count()).toBe(0);
    expect(agent.account).toBeUndefined();
    await agent.connect();
    await agent.connect();
    await agent.getCampaigns(undefined, 1);
    expect(graph.journal.counts()).toEqual({
      debug_token: { brl: 1 },
      account: { brl: 1 },
      campaigns: { brl: 1 },
    });
    expect(agent.account).toEqual({
      id: `act_${graph.settings.adAccountId}`,
      name: graph.data.account().name,
      currency: 'BRL',
      timezone_name: 'America/Sao_Paulo',
      account_status: 1,
      min_daily_budget: 5,
    });
    expect(agent.credentialExpiresAt).toBeUndefined();
  });

  test('leaves the process as it was: no crash reporter', async () => {
    await new FacebookAdsAgent(graph.settings).connect();
    expect(process.listenerCount('uncaughtException')).toBe(LISTENERS);
  });

  test('is shared by 200 concurrent first calls', async () => {
    // So many at once take their time on a machine that does much else.
    const agent = new FacebookAdsAgent({ ...graph.settings, timeoutSeconds: 600 });
    await Promise.all(Array.from({ length: 200 }, () => agent.getCampaigns(undefined, 1)));
    expect(graph.journal.validations('brl')).toBe(1);
    expect(graph.journal.count('account')).toBe(1);
  });

  test('sends tokens as Bearer with the proof of the token of that call', async () => {
    await new FacebookAdsAgent(graph.settings).connect();
    const calls = graph.journal.requests.map(({ route, token, credential, proof }) => ({
      route,
      token,
      credential,
      proof,
    }));
    expect(calls).toHaveLength(2);
    expect(calls).toContainEqual({
      route: 'debug_token',
      token: 'app',
      credential: 'bearer',
      proof: 'valid',
    });
    expect(calls).toContainEqual({ route: 'account', token: 'brl', credential: 'bearer', proof: 'valid' });
  });

  test('knows when the credential ends: the earlier of its two ends', async () => {
    const soon = Math.floor(Date.now() / 1000) + 3600;
    graph.addTenant({
      id: 'ending',
      token: 'test-token-ending-not-real',
      accountId: '10150000000000909',
      expiresAt: soon + 500,
      dataAccessExpiresAt: soon,
    });
    const agent = new FacebookAdsAgent(graph.settingsFor('ending'));
    await agent.connect();
    expect(agent.credentialExpiresAt).toEqual(new Date(soon * 1000));
  });

  test('fails on a revoked token and tries again on the next call', async () => {
    const agent = new FacebookAdsAgent(graph.settings);
    graph.tokens.revoke('brl');
    const error = await refusal(agent);
    expect(error.cause).toBeInstanceOf(GraphTokenError);
    expect(error.message).toBe('Facebook API unavailable');
    expect(error.status).toBe(503);
    expect(Number(error.headers['Retry-After'])).toBeGreaterThan(0);
    graph.tokens.restore('brl');
    await agent.connect();
    expect(agent.account?.currency).toBe('BRL');
    expect(graph.journal.validations()).toBe(2);
  });

  test('fails on a token that Graph does not know', async () => {
    const agent = new FacebookAdsAgent({ ...graph.settings, accessToken: 'test-token-unknown-not-real' });
    expect((await refusal(agent)).cause).toBeInstanceOf(GraphTokenError);
  });

  test('fails on a wrong app secret', async () => {
    const agent = new FacebookAdsAgent({ ...graph.settings, appSecret: 'test-secret-wrong-not-real' });
    expect((await refusal(agent)).cause).toBeInstanceOf(GraphError);
  });

  test.each([
    ['an app that Graph does not know', { appId: '999' }, GraphTokenError],
    ["somebody else's account", { adAccountId: '10150000000000202' }, GraphPermissionError],
    ['an account that does not exist', { adAccountId: '404' }, GraphPermissionError],
  ])('fails for %s', async (_, settings, cause) => {
    const agent = new FacebookAdsAgent({ ...graph.settings, ...settings });
    expect((await refusal(agent)).cause).toBeInstanceOf(cause);
  });

  test('fails when nothing listens, and says when to try again', async () => {
    const agent = new FacebookAdsAgent(graph.settings);
    await graph.close();
    const error = await refusal(agent);
    expect(error.cause).toBeInstanceOf(GraphUnreachableError);
    expect(error.headers['Retry-After']).toBe('5');
  });
});

describe('giving up', () => {
  test('a caller that aborts rejects alone with its reason', async () => {
    graph.latency.set({ other: 40 });
    const agent = new FacebookAdsAgent(graph.settings);
    const abort = new AbortController();
    const gone = agent.connect({ signal: abort.signal });
    const stays = agent.connect();
    abort.abort(new Error('client went away'));
    await expect(gone).rejects.toThrow('client went away');
    await stays;
    expect(graph.journal.validations()).toBe(1);
  });

  test('when every caller aborts, the calls to Graph stop', async () => {
    graph.latency.set({ other: 60_000 });
    const agent = new FacebookAdsAgent(graph.settings);
    const abort = new AbortController();
    const connecting = agent.connect({ signal: abort.signal });
    connecting.catch(() => {});
    await graph.journal.until((journal) => journal.count() === 2);
    abort.abort();
    await expect(connecting).rejects.toBe(abort.signal.reason);
    await graph.journal.until(({ requests }) => requests.every(({ status }) => status === 'aborted'));
    graph.latency.set('none');
    await agent.connect();
    expect(graph.journal.validations()).toBe(2);
  });

  test('an aborted signal makes no call', async () => {
    const agent = new FacebookAdsAgent(graph.settings);
    await expect(agent.connect({ signal: AbortSignal.abort() })).rejects.toThrow();
    expect(graph.journal.count()).toBe(0);
  });
});

describe('a refused token after connecting', () => {
  test('is reported once, and permission errors are not', async () => {
    const refusals: unknown[] = [];
    const agent = new FacebookAdsAgent(graph.settings, {
      onCredentialRefused: (error) => refusals.push(error),
    });
    await agent.connect();
    await expect(agent.getCampaign('404')).rejects.toMatchObject({ status: 404 });
    expect(refusals).toEqual([]);
    graph.tokens.revoke('brl');
    await expect(Promise.all([agent.getCampaigns(), agent.getAccountInsights('today')])).rejects.toThrow();
    await expect(agent.getCampaigns()).rejects.toBeInstanceOf(GraphTokenError);
    expect(refusals).toEqual([expect.any(GraphTokenError)]);
  });

  test('is not reported for an agent that never connected', async () => {
    const refusals: unknown[] = [];
    const agent = new FacebookAdsAgent(graph.settings, {
      onCredentialRefused: (error) => refusals.push(error),
    });
    graph.tokens.revoke('brl');
    await refusal(agent);
    expect(refusals).toEqual([]);
  });
});

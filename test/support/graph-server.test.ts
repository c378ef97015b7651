import {
  type AskOptions,
  ask as askGraph,
  appToken,
  errorOf,
  nextOf,
  rowsOf,
  toObject,
} from './graph/client.ts';
import { appSecretProof, type GraphServer, startGraphServer } from './graph/index.ts';

// 23:30 of the 9th in São Paulo and Santiago, 19:30 in Los Angeles.
const NOW = new Date('2026-03-10T02:30:00Z');

let graph: GraphServer;
const ask = (path: string, options?: AskOptions) => askGraph(graph, path, options);
const account = () => `act_${graph.settings.adAccountId}`;
const tokenOf = (tenant: string) => graph.settingsFor(tenant).accessToken;

beforeAll(async () => {
  graph = await startGraphServer({ now: () => NOW });
});
beforeEach(() => graph.journal.clear());
afterAll(() => graph.close());

describe('debug_token', () => {
  const inspect = (input: string, token: string | null = appToken(graph)) =>
    ask('debug_token', { token, params: { input_token: input } });

  test('tells the app what a token is', async () => {
    const { status, body } = await inspect(tokenOf('clp'));
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      app_id: graph.settings.appId,
      is_valid: true,
      expires_at: 0,
      scopes: expect.arrayContaining(['ads_read']),
      user_id: expect.stringMatching(/^\d+$/),
    });
    expect(graph.journal.validations('clp')).toBe(1);
    expect(graph.journal.validations('brl')).toBe(0);
  });

  test('refuses an ordinary user token, a wrong secret and no token', async () => {
    expect(errorOf(await inspect(tokenOf('brl'), tokenOf('brl')))).toMatchObject({ code: 100 });
    expect(errorOf(await inspect(tokenOf('brl'), `${graph.settings.appId}|wrong`)).code).toBe(190);
    expect(errorOf(await inspect(tokenOf('brl'), null)).code).toBe(104);
    expect(errorOf(await ask('debug_token', { token: appToken(graph) })).code).toBe(100);
  });

  test('an unknown, a revoked and an expired token are a 200 that says invalid', async () => {
    graph.addTenant({ id: 'old', token: 'test-token-old', accountId: '10150000000000909', expiresAt: 1000 });
    graph.addTenant({ id: 'gone', token: 'test-token-gone', accountId: '10150000000000909' });
    graph.tokens.revoke('gone', 458);
    for (const token of ['test-token-nobody', 'test-token-old', 'test-token-gone']) {
      const answer = await inspect(token);
      expect(answer.status).toBe(200);
      expect(answer.body.data).toMatchObject({ is_valid: false, error: { code: 190 } });
    }
    expect(errorOf(await ask('me', { token: 'test-token-old' }))).toMatchObject({ error_subcode: 463 });
    expect(errorOf(await ask('me', { token: 'test-token-gone' }))).toMatchObject({ error_subcode: 458 });
    graph.tokens.restore('gone');
    expect((await ask('me', { token: 'test-token-gone' })).status).toBe(200);
  });

  test('a token of another app is refused', async () => {
    graph.addTenant({ id: 'alien', token: 'test-token-alien', accountId: '10150000000000808', appId: '42' });
    expect(errorOf(await inspect('test-token-alien')).message).toContain('did not match the Viewing App');
  });
});

describe('who may read what', () => {
  test('the token comes as Bearer, OAuth or a parameter', async () => {
    const url = `${graph.url}/${graph.version}/me`;
    const token = tokenOf('brl');
    for (const scheme of ['Bearer', 'OAuth']) {
      expect((await fetch(url, { headers: { authorization: `${scheme} ${token}` } })).status).toBe(200);
    }
    expect((await fetch(`${url}?access_token=${token}`)).status).toBe(200);
    expect(graph.journal.requests.map(({ credential }) => credential)).toEqual(['bearer', 'oauth', 'query']);
  });

  test("another tenant's account is 200, its campaigns and ads do not exist", async () => {
    const foreign = graph.data.account('clp');
    const campaign = foreign.campaigns[0];
    expect(errorOf(await ask(`act_${foreign.id}/campaigns`)).code).toBe(200);
    for (const path of [campaign?.id, `${campaign?.id}/insights`, campaign?.ads[0]?.id, '123', 'act_123']) {
      expect(errorOf(await ask(`${path}`))).toMatchObject({ code: 100, error_subcode: 33 });
    }
    expect(graph.journal.crossTenant()).toHaveLength(4);
    expect(await ask(`act_${foreign.id}`, { token: tokenOf('clp') })).toMatchObject({ status: 200 });
  });

  test('a token without a scope for ads reads no account', async () => {
    graph.addTenant({
      id: 'bare',
      token: 'test-token-bare',
      accountId: graph.settings.adAccountId,
      scopes: ['public_profile'],
    });
    expect(errorOf(await ask(account(), { token: 'test-token-bare' })).code).toBe(200);
  });

  test('a proof is checked when sent, and demanded when the app demands it', async () => {
    const { accessToken, appSecret } = graph.settings;
    const proof = appSecretProof(accessToken, appSecret);
    expect((await ask('me', { params: { appsecret_proof: proof } })).status).toBe(200);
    expect(errorOf(await ask('me', { params: { appsecret_proof: 'f'.repeat(64) } })).code).toBe(100);
    const strict = await startGraphServer({ requireProof: true });
    try {
      expect(errorOf(await askGraph(strict, 'me')).message).toContain('appsecret_proof');
      expect((await askGraph(strict, 'me', { params: { appsecret_proof: proof } })).status).toBe(200);
    } finally {
      await strict.close();
    }
  });

  test('a dropped version answers 2635 for ads and still serves the core', async () => {
    expect(errorOf(await ask(account(), { version: 'v23.0' })).code).toBe(2635);
    expect((await ask('me', { version: 'v23.0' })).status).toBe(200);
    expect((await ask(account(), { version: 'v25.0' })).headers.get('facebook-api-version')).toBe('v25.0');
  });

  test('an edge that does not exist is 2500', async () => {
    expect(errorOf(await ask(`${account()}/nothing`)).code).toBe(2500);
  });

  test('the journal and the list of what it saw hold no token', async () => {
    await ask('debug_token', { token: appToken(graph), params: { input_token: tokenOf('brl') } });
    await fetch(`${graph.url}/v27.0/me?access_token=test-token-unheard-of`);
    const text = JSON.stringify(graph.journal.requests);
    expect(text).not.toMatch(/test-token|test-app-secret/);
    expect(text).toContain('unknown-');
  });
});

describe('nodes and edges', () => {
  test('an account has what is asked for, in its currency and time zone', async () => {
    const { body } = await ask(account(), { params: { fields: 'currency,timezone_name,business{id}' } });
    expect(body).toEqual({
      id: account(),
      currency: 'BRL',
      timezone_name: 'America/Sao_Paulo',
      business: { id: graph.data.account().businessId },
    });
    expect(errorOf(await ask(account(), { params: { fields: 'nonsense' } })).message).toContain(
      'nonexisting',
    );
  });

  test('ids are strings beyond 2^53, budgets minor units in strings, times carry +0000', async () => {
    const fields = 'name,status,daily_budget,lifetime_budget,created_time';
    const rows = rowsOf(await ask(`${account()}/campaigns`, { params: { fields, limit: 500 } }));
    expect(rows.length).toBeGreaterThanOrEqual(56);
    for (const row of rows) {
      expect(BigInt(String(row.id))).toBeGreaterThan(2n ** 53n);
      expect(String(row.created_time)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
      const seeded = graph.data.findCampaign(String(row.id));
      expect(row.daily_budget).toBe(seeded?.dailyBudget === undefined ? undefined : `${seeded.dailyBudget}`);
    }
    expect(rows.some((row) => row.lifetime_budget !== undefined)).toBe(true);
    const whole = rowsOf(
      await ask(`act_${graph.data.account('clp').id}/campaigns`, {
        token: tokenOf('clp'),
        params: { fields: 'daily_budget' },
      }),
    ).filter((row) => row.daily_budget !== undefined);
    const [first] = whole;
    expect(first?.daily_budget).toMatch(/^\d+$/);
  });

  test('campaigns are narrowed by status and by filters; archived ones come only when named', async () => {
    const list = async (params: Record<string, unknown>) =>
      rowsOf(
        await ask(`${account()}/campaigns`, {
          params: { fields: 'effective_status', limit: 500, ...params },
        }),
      );
    const statuses = (rows: Record<string, unknown>[]) => new Set(rows.map((row) => row.effective_status));
    expect(statuses(await list({}))).toEqual(new Set(['ACTIVE', 'PAUSED', 'WITH_ISSUES']));
    expect(statuses(await list({ effective_status: ['ARCHIVED'] }))).toEqual(new Set(['ARCHIVED']));
    const active = await list({ effective_status: ['ACTIVE'] });
    expect(active).toHaveLength(graph.data.campaigns({ effectiveStatus: 'ACTIVE' }).length);
    const wanted = active.slice(0, 2).map(({ id }) => id);
    const filtering = [{ field: 'campaign.id', operator: 'IN', value: wanted }];
    expect((await list({ filtering })).map(({ id }) => id)).toEqual(wanted);
    for (const params of [
      { effective_status: ['RUNNING'] },
      { effective_status: '[broken' },
      { filtering: [{ field: 'color', operator: 'IN', value: [] }] },
      { filtering: [{ field: 'id', operator: 'LIKE', value: [] }] },
      { limit: 0 },
    ]) {
      expect(errorOf(await ask(`${account()}/campaigns`, { params })).code).toBe(100);
    }
  });

  test('a campaign, its ads and an ad', async () => {
    const [campaign] = graph.data.campaigns({ kind: 'good' });
    const fields = 'id,name,campaign_id,effective_status';
    expect((await ask(`${campaign?.id}`, { params: { fields: 'name' } })).body.name).toBe(campaign?.name);
    const ads = rowsOf(await ask(`${campaign?.id}/ads`, { params: { fields } }));
    expect(new Set(ads.map(({ id }) => id))).toEqual(new Set(campaign?.ads.map(({ id }) => id)));
    expect((await ask(String(ads[0]?.id), { params: { fields } })).body).toEqual(ads[0]);
  });
});

describe('paging', () => {
  afterEach(() => graph.paging.set({}));

  async function walk(params: Record<string, unknown>) {
    const pages: unknown[][] = [];
    let answer = await ask(`${account()}/campaigns`, { params });
    for (;;) {
      pages.push(rowsOf(answer).map(({ id }) => id));
      const next = nextOf(answer);
      if (next === undefined) return pages;
      const response = await fetch(next);
      answer = { status: response.status, headers: response.headers, body: toObject(await response.json()) };
    }
  }

  const everyId = async () => (await walk({ limit: 500 })).flat();

  test('25 by default; next is absolute and carries the token', async () => {
    const answer = await ask(`${account()}/campaigns`);
    expect(rowsOf(answer)).toHaveLength(25);
    expect(nextOf(answer)).toContain(`${graph.url}/${graph.version}/${account()}/campaigns?`);
    expect(nextOf(answer)).toContain(`access_token=${tokenOf('brl')}`);
    expect((await walk({ limit: 7 })).flat()).toEqual(await everyId());
  });

  test('the after cursor alone leads on, and belongs to its edge', async () => {
    const first = await ask(`${account()}/campaigns`, { params: { limit: 2 } });
    const { after } = toObject(toObject(first.body.paging).cursors);
    const second = await ask(`${account()}/campaigns`, { params: { limit: 2, after } });
    expect(rowsOf(second).map(({ id }) => id)).toEqual((await everyId()).slice(2, 4));
    expect(errorOf(await ask(`${account()}/ads`, { params: { after } })).code).toBe(2642);
    expect(errorOf(await ask(`${account()}/campaigns`, { params: { after: 'Mg==' } })).code).toBe(2642);
  });

  test('short and empty pages have a next when the quirks are on', async () => {
    const ids = await everyId();
    graph.paging.set({ shortPages: true, emptyPages: true, trailingNext: true });
    const pages = await walk({ limit: 30 });
    expect(pages.flat()).toEqual(ids);
    expect(ids).toHaveLength(56);
    expect(pages.map(({ length }) => length)).toEqual([20, 0, 20, 0, 16, 0]);
  });
});

describe('usage headers', () => {
  afterEach(() => graph.usage.reset());

  test('are JSON strings, settable per token, and sometimes absent', async () => {
    graph.usage.absentEvery = 0;
    graph.usage.set({ account: 97 }, 'brl');
    const { headers } = await ask(`${account()}/insights`);
    const header = (name: string) => toObject(JSON.parse(headers.get(name) ?? 'null'));
    expect(header('x-ad-account-usage')).toMatchObject({ acc_id_util_pct: 97, reset_time_duration: 0 });
    expect(header('x-app-usage')).toMatchObject({ call_count: expect.any(Number) });
    expect(header('x-business-use-case-usage')).toHaveProperty([graph.settings.adAccountId]);
    expect(header('x-fb-ads-insights-throttle')).toHaveProperty('acc_id_util_pct');
    graph.usage.absentEvery = 2;
    const seen = [await ask('me'), await ask('me'), await ask('me'), await ask('me')];
    expect(seen.filter(({ headers: each }) => each.has('x-app-usage'))).toHaveLength(2);
  });
});

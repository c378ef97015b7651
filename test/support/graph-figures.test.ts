import { appToken, ask as askGraph, type AskOptions, errorOf, rowsOf, toObject } from './graph/client.ts';
import { type GraphServer, startGraphServer } from './graph/index.ts';

const NOW = new Date('2026-11-20T15:00:00Z');

let graph: GraphServer;
const ask = (path: string, options?: AskOptions) => askGraph(graph, path, options);
const account = () => `act_${graph.settings.adAccountId}`;
const insights = async (params: Record<string, unknown>, object = account()) =>
  rowsOf(await ask(`${object}/insights`, { params: { limit: 500, ...params } }));
const purchasesIn = (rows: Record<string, unknown>[]) =>
  rows.reduce((sum, { actions }) => {
    const list = Array.isArray(actions) ? actions.map(toObject) : [];
    return sum + Number(list.find(({ action_type }) => action_type === 'omni_purchase')?.value ?? 0);
  }, 0);

beforeAll(async () => {
  graph = await startGraphServer({ now: () => NOW });
});
afterAll(() => graph.close());

test('a campaign that has ended stays active by its status', async () => {
  const fields = 'effective_status,stop_time,start_time';
  const params = { fields, effective_status: ['ACTIVE'], limit: 500 };
  const rows = rowsOf(await ask(`${account()}/campaigns`, { params }));
  const hasEnded = (stop: unknown) => typeof stop === 'string' && new Date(stop) < NOW;
  const ended = rows.filter(({ stop_time }) => hasEnded(stop_time));
  expect(ended.length).toBeGreaterThan(0);
  expect(rows.length).toBeGreaterThan(ended.length);
});

test('deleted campaigns cannot be listed, and are read by their id', async () => {
  const [deleted] = graph.data.campaigns({ effectiveStatus: 'DELETED' });
  const params = { effective_status: ['DELETED'] };
  expect(errorOf(await ask(`${account()}/campaigns`, { params }))).toMatchObject({
    code: 100,
    error_subcode: 1815001,
  });
  const filtering = [{ field: 'id', operator: 'IN', value: [deleted?.id] }];
  expect(rowsOf(await ask(`${account()}/campaigns`, { params: { filtering } }))).toEqual([]);
  expect((await ask(`${deleted?.id}`, { params: { fields: 'effective_status' } })).body).toMatchObject({
    effective_status: 'DELETED',
  });
});

test('what is left of a lifetime budget is what was not spent', async () => {
  const fields = 'lifetime_budget,budget_remaining';
  const rows = rowsOf(await ask(`${account()}/campaigns`, { params: { fields, limit: 500 } }));
  const lifetime = rows.filter(({ lifetime_budget }) => lifetime_budget !== undefined);
  expect(lifetime.length).toBeGreaterThan(0);
  for (const { id, lifetime_budget, budget_remaining } of lifetime) {
    const [row] = await insights({ date_preset: 'maximum', fields: 'spend' }, String(id));
    const left = Number(lifetime_budget) - Math.round(Number(row?.spend ?? 0) * 100);
    expect(Number(budget_remaining)).toBe(Math.max(0, left));
  }
});

test('what is zero is left out, and one purchase stands under many names', async () => {
  const rows = await insights({ level: 'campaign', fields: 'clicks,actions,campaign_id' });
  const [silent] = graph.data.campaigns({ kind: 'no-clicks', effectiveStatus: 'ACTIVE' });
  const row = rows.find(({ campaign_id }) => campaign_id === silent?.id);
  expect(row && Object.keys(row).sort()).toEqual(['campaign_id', 'date_start', 'date_stop']);
  const selling = rows.find((each) => purchasesIn([each]) > 0);
  const names = (Array.isArray(selling?.actions) ? selling.actions.map(toObject) : []).filter(
    ({ action_type }) => /purchase/.test(String(action_type)),
  );
  expect(names.length).toBeGreaterThanOrEqual(5);
  expect(new Set(names.map(({ value }) => value)).size).toBe(1);
});

test('lead campaigns bring leads, and old objectives are still told', async () => {
  const objectives = new Set(graph.data.campaigns().map(({ objective }) => objective));
  expect([...objectives].filter((name) => !name.startsWith('OUTCOME_')).length).toBeGreaterThan(1);
  const [lead] = graph.data.campaigns({ kind: 'good' }).filter(({ objective }) => /LEAD/.test(objective));
  const [row] = await insights({ fields: 'actions', date_preset: 'last_90d' }, lead?.id);
  const types = (Array.isArray(row?.actions) ? row.actions : []).map((each) => toObject(each).action_type);
  expect(types).toContain('lead');
  expect(types).not.toContain('omni_purchase');
});

test('purchases may be missing at one level and be there at another', async () => {
  const day = { since: '2026-11-18', until: '2026-11-18' };
  graph.data.missingPurchases = { levels: ['campaign'], ...day };
  const query = { fields: 'actions', time_range: day };
  const [atCampaigns, atAds, atAccount] = await Promise.all(
    ['campaign', 'ad', 'account'].map((level) => insights({ ...query, level })),
  );
  graph.data.missingPurchases = undefined;
  expect(purchasesIn(atCampaigns ?? [])).toBe(0);
  expect(purchasesIn(atAccount ?? [])).toBeGreaterThan(0);
  expect(purchasesIn(atAds ?? [])).toBeGreaterThan(0);
});

test('young days gain purchases for 28 days', async () => {
  const of = (since: string) => insights({ fields: 'actions', time_range: { since, until: since } });
  const whole = [purchasesIn(await of('2026-11-18')), purchasesIn(await of('2026-10-10'))];
  graph.data.settling = true;
  const young = [purchasesIn(await of('2026-11-18')), purchasesIn(await of('2026-10-10'))];
  graph.data.settling = false;
  expect(young[0]).toBeLessThan(whole[0] ?? 0);
  expect(young[1]).toBe(whole[1]);
});

test('37 months are kept', async () => {
  const of = (since: string) =>
    ask(`${account()}/insights`, { params: { time_range: { since, until: '2026-11-01' } } });
  expect(errorOf(await of('2023-10-19')).code).toBe(3018);
  expect((await of('2023-10-20')).status).toBe(200);
});

test('a query that is too heavy stays so in small pages; a report run answers it, up to its own limit', async () => {
  graph.limits.sync = 1000;
  const params = { level: 'campaign', date_preset: 'last_90d', limit: 1 };
  expect(errorOf(await ask(`${account()}/insights`, { params }))).toMatchObject({
    code: 100,
    error_subcode: 1504018,
  });
  expect((await ask(`${account()}/insights`, { params: { ...params, date_preset: 'last_7d' } })).status).toBe(
    200,
  );
  graph.reports.pollsNeeded = 4;
  const started = await ask(`${account()}/insights`, { method: 'POST', params });
  const run = String(started.body.report_run_id);
  const seen = [];
  for (let poll = 0; poll < 4; poll++) seen.push((await ask(run)).body);
  expect(
    seen.map(({ async_status, async_percent_completion }) => [async_status, async_percent_completion]),
  ).toEqual([
    ['Job Started', 33],
    ['Job Running', 66],
    ['Job Running', 100],
    ['Job Completed', 100],
  ]);
  graph.limits.report = 2000;
  graph.reports.pollsNeeded = 1;
  const failed = await ask(`${account()}/insights`, { method: 'POST', params });
  expect((await ask(String(failed.body.report_run_id))).body).toMatchObject({
    async_status: 'Job Failed',
    error_code: 100,
    error_subcode: 1504018,
  });
  Object.assign(graph.limits, { sync: Number.POSITIVE_INFINITY, report: Number.POSITIVE_INFINITY });
});

test('an ended version is upgraded with a warning, an older one refused', async () => {
  const upgraded = await ask(account(), { version: 'v24.0' });
  expect(upgraded.status).toBe(200);
  expect(upgraded.headers.get('x-ad-api-version-warning')).toContain('v25.0');
  expect(upgraded.headers.get('facebook-api-version')).toBe('v25.0');
  expect((await ask(account())).headers.get('x-ad-api-version-warning')).toBeNull();
  expect(errorOf(await ask(account(), { version: 'v23.0' })).code).toBe(2635);
});

test('an account may be closed or disabled, and its campaigns keep their status', async () => {
  graph.data.account().accountStatus = 2;
  const fields = 'account_status';
  expect((await ask(account(), { params: { fields } })).body.account_status).toBe(2);
  graph.data.account().accountStatus = 1;
});

test('a token is not inspected by POST', async () => {
  const params = { input_token: graph.settings.accessToken };
  const answer = await ask('debug_token', { method: 'POST', token: appToken(graph), params });
  expect(answer.status).toBe(400);
});

import { startApp, type TestApp } from '../../support/app.ts';
import { type NotionServer, startNotionServer } from '../../support/notion-server.ts';

let app: TestApp;
let notion: NotionServer;

beforeAll(async () => {
  notion = await startNotionServer();
  const { url, token, databaseId } = notion.access;
  app = await startApp({ env: { NOTION_URL: url, NOTION_TOKEN: token, NOTION_DATABASE_ID: databaseId } });
});
afterAll(async () => {
  await app.stop();
  await notion.close();
});
afterEach(() => {
  app.graph.faults.clear();
  app.graph.data.account().accountStatus = 1;
  app.graph.data.missingPurchases = undefined;
  Object.assign(app.graph.limits, { sync: Number.POSITIVE_INFINITY, report: Number.POSITIVE_INFINITY });
});

const get = (path: string, as: 'user' | 'machine' = 'user') => app.request('GET', `/api/v1${path}`, { as });
const post = (path: string, body: object = {}) => app.request('POST', `/api/v1${path}`, { as: 'user', body });
const chat = async (message: string) => (await post('/chat', { message })).body;
const invalidate = () => app.request('POST', '/admin/invalidate-cache', { as: 'admin' });

/** The last 30 days of the stand-in's account. */
const range = () => app.graph.data.range({ preset: 'last_30d' });
const exported = () =>
  get(`/metrics/export?date_from=${range().since}&date_until=${range().until}`, 'machine');

test('every route that shows what was spent shows the same', async () => {
  const expected = app.graph.data.expectedInsights({ preset: 'last_30d' });
  const [dashboard, exportOf, trends] = await Promise.all([
    get('/analytics/dashboard'),
    exported(),
    get('/analytics/trends'),
  ]);
  const asked = await chat('how much did I spend in the last 30 days?');
  const spends = [
    dashboard.body.totals.spend,
    exportOf.body.totals.spend,
    exportOf.body.spent.account,
    trends.body.trends[2].totals.spend,
    asked.data.spend,
    expected?.spend,
  ];
  for (const spend of spends) expect(spend).toBeCloseTo(expected?.spend ?? -1, 2);
  const { account, campaigns, archived, deleted, unattributed } = dashboard.body.spent;
  expect(Math.min(archived, deleted)).toBeGreaterThan(0);
  expect(campaigns + archived + deleted + unattributed).toBeCloseTo(account, 2);
  expect(unattributed).toBeCloseTo(0, 2);
  const rows: { effective_status: string; insights: { spend: number } | null }[] = exportOf.body.campaigns;
  expect(rows.reduce((sum, { insights }) => sum + (insights?.spend ?? 0), 0)).toBeCloseTo(account, 2);
  expect(rows.filter(({ effective_status }) => effective_status === 'DELETED').length).toBeGreaterThan(0);
});

test('every route that shows what is active shows the same', async () => {
  const active = app.graph.data.activeCampaigns();
  expect(active.length).toBeLessThan(app.graph.data.campaigns({ effectiveStatus: 'ACTIVE' }).length);
  const dashboard = await get('/analytics/dashboard');
  const asked = await chat('Quais campanhas estão ativas?');
  const budgets = await chat('What are the budgets of the active campaigns?');
  const counts = [dashboard.body.totals.active_campaigns, asked.data.count, budgets.data.count];
  expect(counts).toEqual(counts.map(() => active.length));
  const ids = new Set(active.map(({ id }) => id));
  for (const path of ['/automation/pause-underperforming', '/automation/optimize-budgets']) {
    const { suggestions } = (await post(path)).body;
    expect(suggestions.every(({ campaign_id }: { campaign_id: string }) => ids.has(campaign_id))).toBe(true);
  }
});

test('what Notion keeps is what the routes show', async () => {
  const { since, until } = app.graph.data.range({ preset: 'yesterday' });
  const { totals } = (await get(`/metrics/export?date_from=${since}&date_until=${until}`, 'machine')).body;
  const active = (await get('/analytics/dashboard')).body.totals.active_campaigns;
  expect((await post('/notion/daily-summary')).status).toBe(201);
  const summary = cellsOf(notion.pages.at(-1)?.children);
  expect(summary.text).toContain(`${active} active`);
  expect(summary.rows.get('Spend')).toBe(totals.spend.toFixed(2));
  expect(summary.rows.get('Conversions')).toBe(String(totals.conversions));
  expect(summary.rows.get('ROAS')).toBe(totals.roas.toFixed(2));

  const [campaign] = app.graph.data.campaigns({ kind: 'good', effectiveStatus: 'ACTIVE' });
  const { body } = await get(`/campaigns/${campaign?.id}/insights?date_preset=last_7d`);
  const saved = await post(`/notion/save-report/${campaign?.id}`, { date_preset: 'last_7d' });
  expect(saved.status).toBe(201);
  const report = cellsOf(notion.pages.at(-1)?.children);
  expect(report.rows.get('Spend')).toBe(body.insights.spend.toFixed(2));
  expect(report.rows.get('Clicks')).toBe(String(body.insights.clicks));
});

interface Rich {
  text: { content: string };
}
type Cells = { table_row: { cells: Rich[][] } };
type Block = { paragraph?: { rich_text: Rich[] }; table?: { children: Cells[] } };

/** The paragraphs of a Notion page, and the rows of its tables by their first cell. */
function cellsOf(blocks: readonly object[] = []): { text: string; rows: Map<string, string> } {
  const plain = (parts: readonly Rich[]) => parts.map(({ text }) => text.content).join('');
  const all = blocks as Block[];
  const rows = all.flatMap(({ table }) => table?.children ?? []).map(({ table_row }) => table_row.cells);
  return {
    text: all.map(({ paragraph }) => plain(paragraph?.rich_text ?? [])).join('\n'),
    rows: new Map(rows.map(([name = [], value = []]) => [plain(name), plain(value)])),
  };
}

test('suggestions carry their evidence and how far it goes', async () => {
  const { body } = await post('/automation/pause-underperforming');
  expect(body.suggestions.length).toBeGreaterThan(0);
  for (const { evidence, confidence } of body.suggestions) {
    expect(evidence).toMatchObject({
      period: { since: range().since, until: range().until },
      aim: expect.any(String),
    });
    expect(confidence).toEqual({
      level: expect.stringMatching(/^(high|medium|low)$/),
      reason: expect.any(String),
    });
  }
  expect(body.attribution.setting).toBe('account');
});

test('the budgets that ad sets hold are not counted as the campaigns’', async () => {
  const { data } = await chat('What are the budgets of the active campaigns?');
  const active = app.graph.data.activeCampaigns();
  const withoutBudget = active.filter(({ dailyBudget, lifetimeBudget }) => !dailyBudget && !lifetimeBudget);
  expect(data.held_by_ad_sets).toBe(withoutBudget.length);
  expect(data.held_by_ad_sets).toBeGreaterThan(0);
  const daily = active.reduce((sum, { dailyBudget }) => sum + (dailyBudget ?? 0), 0) / 100;
  expect(data.total_daily_budget).toBe(daily);
});

test('what archived and deleted campaigns spent can be asked for; deleted ones cannot be listed', async () => {
  const spendOf = (status: string) =>
    app.graph.data
      .campaigns({ effectiveStatus: status })
      .reduce(
        (sum, { id }) =>
          sum + (app.graph.data.expectedInsights({ campaignId: id, preset: 'last_90d' })?.spend ?? 0),
        0,
      );
  const archived = await chat('how much did archived campaigns spend in the last 90 days?');
  expect(archived.data.spend).toBeCloseTo(spendOf('ARCHIVED'), 2);
  const deleted = await chat('how much did deleted campaigns spend in the last 90 days?');
  expect(deleted.data.spend).toBeCloseTo(spendOf('DELETED'), 2);
  expect((await chat('Quais campanhas foram excluídas?')).type).toBe('help');
  const { status, body } = await get('/campaigns?status=deleted');
  expect({ status, type: body.type }).toEqual({ status: 400, type: '/docs/errors#bad-request' });
});

test.each([2, 101])('an account of status %i is told of, and nothing of it is active', async (status) => {
  app.graph.data.account().accountStatus = status;
  await invalidate();
  const { body } = await get('/analytics/dashboard');
  expect(body).toMatchObject({ account_status: status, totals: { active_campaigns: 0 } });
  expect(body.warnings).toEqual([expect.stringContaining(`account_status ${status}`)]);
  expect((await post('/automation/pause-underperforming')).body.suggestions).toEqual([]);
  app.graph.data.account().accountStatus = 1;
  await invalidate();
  expect((await get('/analytics/dashboard')).body.warnings).toEqual([]);
});

test('purchases that campaigns lack and their ads have are not held against them', async () => {
  const before = (await get('/analytics/performance?date_preset=last_7d')).body.campaigns;
  const { since, until } = app.graph.data.range({ preset: 'last_7d' });
  app.graph.data.missingPurchases = { levels: ['campaign'], since, until };
  const { campaigns } = (await get('/analytics/performance?date_preset=last_7d')).body;
  type Score = {
    campaign_id: string;
    score: number | null;
    results: { complete: boolean } | null;
    confidence: { reason: string } | null;
  };
  const selling = (before as (Score & { conversions: number; clicks: number })[]).filter(
    ({ conversions, clicks, results }) => conversions > 3 && clicks > 10 && results !== null,
  );
  const after = new Map((campaigns as Score[]).map((score) => [score.campaign_id, score]));
  const unknown = selling
    .map(({ campaign_id }) => after.get(campaign_id))
    .filter((score) => score?.results?.complete === false);
  expect(unknown.length).toBeGreaterThan(3);
  for (const score of unknown) {
    expect(score?.score).toBeNull();
    expect(score?.confidence?.reason).toContain('purchases look incomplete');
  }
});

test('days before the 37 months that Facebook keeps are the caller’s mistake', async () => {
  const { status, body } = await get('/metrics/export?date_from=2019-01-01&date_until=2019-01-31', 'machine');
  expect({ status, detail: body.detail }).toEqual({
    status: 400,
    detail: expect.stringContaining('37 months'),
  });
  const asked = await post('/chat', { message: 'how much did I spend in january 2022?' });
  expect({ status: asked.status, detail: asked.body.detail }).toEqual({
    status: 400,
    detail: expect.stringContaining('37 months'),
  });
});

test('an account that is too large for one call answers all the same', async () => {
  app.graph.limits.sync = 30;
  const { status, body } = await get('/analytics/dashboard');
  expect(status).toBe(200);
  expect(body.totals.spend).toBeCloseTo(
    app.graph.data.expectedInsights({ preset: 'last_30d' })?.spend ?? -1,
    2,
  );
});

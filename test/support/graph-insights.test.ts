import { DATE_PRESETS } from '../../api/src/domain/period.ts';
import { addDays, presetRange } from './graph/calendar.ts';
import { type AskOptions, ask as askGraph, errorOf, nextOf, rowsOf, toObject } from './graph/client.ts';
import type { DayCell } from './graph/data-types.ts';
import { type GraphServer, startGraphServer } from './graph/index.ts';

// Monday the 9th, 23:30, in São Paulo; already the 10th in UTC.
const NOW = new Date('2026-03-10T02:30:00Z');
const FIELDS = 'campaign_id,ad_id,impressions,clicks,reach,spend,ctr,cpc,cpm,actions,action_values';

let graph: GraphServer;
const ask = (path: string, options?: AskOptions) => askGraph(graph, path, options);
const account = () => `act_${graph.settings.adAccountId}`;
const insights = async (params: Record<string, unknown>, object = account()) =>
  rowsOf(await ask(`${object}/insights`, { params: { fields: FIELDS, limit: 500, ...params } }));

beforeAll(async () => {
  graph = await startGraphServer({ now: () => NOW });
});
afterAll(() => graph.close());

/** Adds up one number of cells, written out here so that the server's own sums are not believed. */
function total(cells: readonly DayCell[], name: Exclude<keyof DayCell, 'day'>): number {
  let sum = 0;
  for (const cell of cells) sum += cell[name];
  return sum;
}

function actionCount(row: Record<string, unknown> | undefined, type: string, list = 'actions') {
  const actions = Array.isArray(row?.[list]) ? row[list].map(toObject) : [];
  return actions.find(({ action_type }) => action_type === type)?.value;
}

test('every campaign answers the sum of its cells, and those without delivery have no row', async () => {
  const rows = await insights({ level: 'campaign', date_preset: 'last_7d' });
  const range = { since: '2026-03-02', until: '2026-03-08' };
  const delivering = graph.data
    .campaigns()
    .filter(({ effectiveStatus }) => !['ARCHIVED', 'DELETED'].includes(effectiveStatus))
    .map(({ id }) => ({ id, cells: graph.data.cells({ campaignId: id }, range) }))
    .filter(({ cells }) => cells.length > 0);
  expect(rows.map(({ campaign_id }) => campaign_id)).toEqual(delivering.map(({ id }) => id));
  expect(rows.length).toBeLessThan(graph.data.campaigns().length);
  for (const [index, { cells }] of delivering.entries()) {
    const row = rows[index];
    const clicks = total(cells, 'clicks');
    const purchases = total(cells, 'purchases');
    expect(row).toMatchObject({
      impressions: String(total(cells, 'impressions')),
      ...(clicks > 0 && { clicks: String(clicks) }),
      date_start: range.since,
      date_stop: range.until,
    });
    expect(Number(row?.spend)).toBeCloseTo(total(cells, 'spend') / 100, 6);
    expect(row?.cpc === undefined).toBe(clicks === 0);
    expect(actionCount(row, 'omni_purchase')).toBe(purchases === 0 ? undefined : String(purchases));
    expect(Number(actionCount(row, 'purchase', 'action_values') ?? 0)).toBeCloseTo(
      total(cells, 'revenue') / 100,
      6,
    );
  }
});

test('the same purchases stand under every type that the account reports', async () => {
  const [row] = await insights({});
  const counts = ['omni_purchase', 'purchase', 'offsite_conversion.fb_pixel_purchase'].map((type) =>
    actionCount(row, type),
  );
  expect(new Set(counts).size).toBe(1);
  const chile = graph.settingsFor('clp');
  const [other] = rowsOf(
    await ask(`act_${chile.adAccountId}/insights`, {
      token: chile.accessToken,
      params: { fields: 'actions,spend' },
    }),
  );
  expect(actionCount(other, 'omni_purchase')).toBeUndefined();
  expect(Number(actionCount(other, 'purchase'))).toBeGreaterThan(0);
  expect(other?.spend).toMatch(/^\d+$/);
});

test('expectedInsights agrees with the raw cells and with the answer', async () => {
  const [campaign] = graph.data.campaigns({ kind: 'excellent' });
  const range = { since: '2026-02-01', until: '2026-02-20' };
  const cells = graph.data.cells({ campaignId: campaign?.id }, range);
  const expected = graph.data.expectedInsights({ campaignId: campaign?.id, ...range });
  expect(expected?.spend).toBeCloseTo(total(cells, 'spend') / 100, 6);
  expect(expected?.cpa).toBeCloseTo(total(cells, 'spend') / 100 / total(cells, 'purchases'), 6);
  expect(expected?.roas).toBeCloseTo(total(cells, 'revenue') / total(cells, 'spend'), 6);
  const [row] = await insights({ time_range: range }, campaign?.id);
  expect(Number(row?.reach)).toBe(expected?.reach);
  expect(Number(row?.ctr)).toBeCloseTo(expected?.ctr ?? 0, 5);
  // Reach does not add up: people seen on several days count once.
  expect(expected?.reach).toBeLessThan(total(cells, 'reach'));
});

test('each level sums to the same, archived and deleted campaigns only in the account total', async () => {
  const params = { date_preset: 'last_90d', fields: 'impressions' };
  const sum = (rows: Record<string, unknown>[]) =>
    rows.reduce((whole, { impressions }) => whole + Number(impressions), 0);
  const perCampaign = sum(await insights({ ...params, level: 'campaign' }));
  const perAd = sum(await insights({ ...params, level: 'ad' }));
  const ofStatus = async (status: string) =>
    sum(
      await insights({
        ...params,
        level: 'campaign',
        filtering: [{ field: 'campaign.effective_status', operator: 'IN', value: [status] }],
      }),
    );
  const [archived, deleted] = [await ofStatus('ARCHIVED'), await ofStatus('DELETED')];
  expect(Math.min(archived, deleted)).toBeGreaterThan(0);
  expect(sum(await insights(params))).toBe(perCampaign + archived + deleted);
  expect(perAd).toBe(perCampaign);
});

test('days and months cut a range without losing anything', async () => {
  const [campaign] = graph.data.campaigns({ kind: 'good', effectiveStatus: 'ACTIVE' });
  const time_range = { since: '2026-02-20', until: '2026-03-05' };
  const whole = await insights({ time_range }, campaign?.id);
  const daily = await insights({ time_range, time_increment: 1 }, campaign?.id);
  const monthly = await insights({ time_range, time_increment: 'monthly' }, campaign?.id);
  expect(daily).toHaveLength(14);
  expect(monthly.map(({ date_start, date_stop }) => [date_start, date_stop])).toEqual([
    ['2026-02-20', '2026-02-28'],
    ['2026-03-01', '2026-03-05'],
  ]);
  const clicks = (rows: Record<string, unknown>[]) => rows.reduce((sum, row) => sum + Number(row.clicks), 0);
  expect([clicks(daily), clicks(monthly)]).toEqual([clicks(whole), clicks(whole)]);
  expect(new Set(daily.map((row) => row.impressions)).size).toBeGreaterThan(10);
});

test('no delivery is an empty list without paging', async () => {
  const [campaign] = graph.data.campaigns({ kind: 'undelivered' });
  expect((await ask(`${campaign?.id}/insights`)).body).toEqual({ data: [] });
  expect(graph.data.expectedInsights({ campaignId: campaign?.id, preset: 'maximum' })).toBeNull();
});

test('today and yesterday are those of the account', async () => {
  expect((await insights({ date_preset: 'today' }))[0]?.date_start).toBe('2026-03-09');
  expect((await insights({ date_preset: 'yesterday' }))[0]?.date_start).toBe('2026-03-08');
});

test('an answer moves on with the clock', async () => {
  let now = NOW;
  const server = await startGraphServer({ now: () => now });
  const path = `act_${server.settings.adAccountId}/insights`;
  const read = async () => rowsOf(await askGraph(server, path, { params: { date_preset: 'yesterday' } }))[0];
  try {
    expect((await read())?.date_start).toBe('2026-03-08');
    now = new Date('2026-03-10T03:00:00Z');
    expect((await read())?.date_start).toBe('2026-03-09');
  } finally {
    await server.close();
  }
});

test.each([
  ['last_3d', '2026-03-06', '2026-03-08'],
  ['last_30d', '2026-02-07', '2026-03-08'],
  ['this_month', '2026-03-01', '2026-03-09'],
  ['last_month', '2026-02-01', '2026-02-28'],
  ['this_quarter', '2026-01-01', '2026-03-09'],
  ['last_quarter', '2025-10-01', '2025-12-31'],
  ['this_year', '2026-01-01', '2026-03-09'],
  ['last_year', '2025-01-01', '2025-12-31'],
  ['last_week_mon_sun', '2026-03-02', '2026-03-08'],
  ['last_week_sun_sat', '2026-03-01', '2026-03-07'],
  ['this_week_mon_today', '2026-03-09', '2026-03-09'],
  ['this_week_sun_today', '2026-03-08', '2026-03-09'],
  ['maximum', '2025-11-09', '2026-03-09'],
] as const)('%s is %s to %s', (preset, since, until) => {
  expect(graph.data.range({ preset })).toEqual({ since, until });
});

test('every preset is answered, and ends by today', async () => {
  for (const preset of DATE_PRESETS) {
    expect(presetRange(preset, '2026-03-09', '2025-11-09').until <= '2026-03-09').toBe(true);
    expect((await ask(`${account()}/insights`, { params: { date_preset: preset } })).status).toBe(200);
  }
});

test('the next day leaves the days behind it as they were', async () => {
  let now = NOW;
  const server = await startGraphServer({
    now: () => now,
    tenants: [{ id: 'one', token: 't', accountId: '77' }],
  });
  try {
    const when = { since: '2026-03-01', until: addDays('2026-03-09', 30) };
    const before = server.data.expectedInsights({ since: when.since, until: '2026-03-09' });
    expect(server.data.expectedInsights(when)?.impressions).toBe(before?.impressions);
    now = new Date('2026-03-12T12:00:00Z');
    expect(server.data.expectedInsights({ since: when.since, until: '2026-03-09' })).toEqual(before);
    expect(server.data.expectedInsights(when)?.impressions).toBeGreaterThan(before?.impressions ?? 0);
  } finally {
    await server.close();
  }
});

test('rows are sorted and filtered by their numbers', async () => {
  const rows = await insights({ level: 'campaign', sort: ['spend_descending'] });
  const spends = rows.map(({ spend }) => Number(spend));
  expect(spends).toEqual([...spends].sort((one, other) => other - one));
  const filtering = [{ field: 'spend', operator: 'GREATER_THAN', value: spends[4] }];
  expect(await insights({ level: 'campaign', filtering })).toHaveLength(4);
});

test.each([
  { fields: 'color' },
  { level: 'galaxy' },
  { date_preset: 'last_5d' },
  { time_range: { since: '2026-03-02', until: '2026-03-01' } },
  { time_range: { since: '2026-02-30', until: '2026-03-01' } },
  { time_range: 'x' },
  { time_increment: 0 },
  { sort: ['color_descending'] },
  { breakdowns: ['age'] },
])('%j is code 100', async (params) => {
  expect(errorOf(await ask(`${account()}/insights`, { params })).code).toBe(100);
});

test('a report run is polled to its end and then read in pages', async () => {
  const params = { level: 'ad', date_preset: 'last_14d', fields: 'ad_id,spend' };
  const started = await ask(`${account()}/insights`, { method: 'POST', params });
  const run = String(started.body.report_run_id);
  expect(errorOf(await ask(`${run}/insights`))).toMatchObject({ code: 2601 });
  expect((await ask(run)).body).toMatchObject({ async_status: 'Job Running', async_percent_completion: 50 });
  expect((await ask(run)).body).toMatchObject({
    async_status: 'Job Completed',
    async_percent_completion: 100,
  });
  const page = await ask(`${run}/insights`, { params: { limit: 10 } });
  expect(rowsOf(page)).toEqual((await insights(params)).slice(0, 10));
  expect(nextOf(page)).toBeDefined();
  const stranger = graph.settingsFor('clp').accessToken;
  expect(errorOf(await ask(run, { token: stranger }))).toMatchObject({ code: 100, error_subcode: 33 });
});

test('the data has what analytics and the optimizer look for', () => {
  const active = graph.data.campaigns({ effectiveStatus: 'ACTIVE' }).flatMap((campaign) => {
    const expected = graph.data.expectedInsights({ campaignId: campaign.id, preset: 'last_30d' });
    return expected === null ? [] : [expected];
  });
  expect(active.filter(({ ctr }) => (ctr ?? 0) < 1).length).toBeGreaterThan(4);
  expect(active.filter(({ ctr, cpa }) => (ctr ?? 0) >= 1 && (cpa ?? 0) > 50).length).toBeGreaterThan(1);
  expect(
    active.filter(({ ctr, cpa }) => (ctr ?? 0) >= 1.5 && cpa !== null && cpa < 50).length,
  ).toBeGreaterThan(8);
  expect(active.some(({ clicks }) => clicks === 0)).toBe(true);
});

test('the same seed and clock give the same data, another seed another', async () => {
  const twin = await startGraphServer({ now: () => NOW });
  const other = await startGraphServer({ now: () => NOW, seed: 'another' });
  try {
    expect(twin.data.expectedInsights({ preset: 'last_30d' })).toEqual(
      graph.data.expectedInsights({ preset: 'last_30d' }),
    );
    expect(other.data.expectedInsights({ preset: 'last_30d' })).not.toEqual(
      graph.data.expectedInsights({ preset: 'last_30d' }),
    );
  } finally {
    await Promise.all([twin.close(), other.close()]);
  }
});

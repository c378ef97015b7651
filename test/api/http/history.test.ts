import { startApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
const history = (query: string) => app.request('GET', `/api/v1/analytics/history?${query}`, { as: 'user' });

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test('is empty before anything was collected, and asks Facebook nothing', async () => {
  const { status, body } = await history('date_from=2026-01-01&date_until=2026-12-31');
  expect(status).toBe(200);
  expect(body).toEqual({ date_from: '2026-01-01', date_until: '2026-12-31', history: [] });
  expect(app.graph.journal.requests).toEqual([]);
});

test('tells what each campaign delivered on each day', async () => {
  expect(await app.context.scheduler.runNow('collectCampaignMetrics')).toBe('succeeded');
  const today = app.graph.data.expectedInsights({ preset: 'today' });
  const yesterday = app.graph.data.expectedInsights({ preset: 'yesterday' });
  const range = `date_from=${yesterday?.date_start}&date_until=${today?.date_start}`;
  const { body } = await history(range);
  const spendOf = (date: string | undefined) =>
    body.history
      .filter((row: { date: string }) => row.date === date)
      .reduce((sum: number, { spend }: { spend: number }) => sum + spend, 0);
  expect(spendOf(today?.date_start)).toBeCloseTo(today?.spend ?? 0, 1);
  expect(spendOf(yesterday?.date_start)).toBeCloseTo(yesterday?.spend ?? 0, 1);
  const days: number[] = body.history.map(({ date }: { date: string }) => Date.parse(date));
  expect(days).toEqual(days.toSorted((a, b) => a - b));
  const [{ campaign_id, complete, final, final_from }] = body.history;
  expect({ complete, final }).toEqual({ complete: true, final: false });
  expect(Date.parse(final_from) - Date.parse(body.history[0].date)).toBe(29 * 86_400_000);
  const one = await history(`${range}&campaign_id=${campaign_id}`);
  expect(one.body.campaign_id).toBe(campaign_id);
  expect(new Set(one.body.history.map((row: { campaign_id: string }) => row.campaign_id))).toEqual(
    new Set([campaign_id]),
  );
  expect(
    (await history(`date_from=${today?.date_start}&date_until=${today?.date_start}`)).body.history.length,
  ).toBe(body.history.filter(({ date }: { date: string }) => date === today?.date_start).length);
});

test.each([
  ['', 'date_from: is required; date_until: is required'],
  ['date_from=2026-02-30&date_until=2026-03-01', 'date_from: must be a calendar date, YYYY-MM-DD'],
  ['date_from=2026-03-02&date_until=2026-03-01', 'date_until: must not be before date_from'],
  ['date_from=2026-03-01&date_until=2026-03-01&campaign_id=x', 'campaign_id: must be digits'],
])('refuses %s', async (query, detail) => {
  expect(await history(query)).toMatchObject({ status: 400, body: { detail } });
});

test('is for users', async () => {
  expect((await app.request('GET', '/api/v1/analytics/history')).status).toBe(401);
});

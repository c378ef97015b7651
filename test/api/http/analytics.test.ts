import { startApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
const get = (path: string) => app.request('GET', `/api/v1/analytics${path}`, { as: 'user' });

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());
afterEach(() => app.graph.faults.clear());

test('the dashboard totals the account and names its ten dearest campaigns', async () => {
  const { status, body } = await get('/dashboard?date_preset=last_7d');
  const expected = app.graph.data.expectedInsights({ preset: 'last_7d' });
  expect(status).toBe(200);
  expect(body.date_preset).toBe('last_7d');
  expect(body.totals).toMatchObject({ impressions: expected?.impressions, clicks: expected?.clicks });
  const spends = body.top_campaigns.map(({ spend }: { spend: number }) => spend);
  expect(spends).toHaveLength(10);
  expect(spends).toEqual([...spends].sort((a, b) => b - a));
});

test('performance scores every campaign', async () => {
  const { status, body } = await get('/performance');
  expect(status).toBe(200);
  expect(body.date_preset).toBe('last_30d');
  const excellent = new Set(app.graph.data.campaigns({ kind: 'excellent' }).map(({ id }) => id));
  expect(excellent.has(body.campaigns[0].campaign_id)).toBe(true);
  for (const { score, rating } of body.campaigns) {
    expect(score === null).toBe(rating === null);
    if (score !== null) expect(score >= 0 && score <= 100).toBe(true);
  }
});

test('trends compare 7, 14 and 30 days', async () => {
  const { status, body } = await get('/trends');
  expect(status).toBe(200);
  expect(body.trends.map(({ days }: { days: number }) => days)).toEqual([7, 14, 30]);
  const expected = app.graph.data.expectedInsights({ preset: 'last_14d' });
  expect(body.trends[1].totals.impressions).toBe(expected?.impressions);
});

test('an unknown period is refused before Facebook is asked', async () => {
  app.graph.journal.clear();
  expect((await get('/dashboard?date_preset=ever')).status).toBe(400);
  expect((await get('/performance?date_preset=')).status).toBe(400);
  expect(app.graph.journal.requests).toEqual([]);
});

test('throttling by Facebook is passed on with the time to wait', async () => {
  app.graph.faults.add({ kind: 'throttle', regainSeconds: 90 });
  const { status, headers, body } = await get('/trends');
  expect({ status, type: body.type }).toEqual({ status: 429, type: '/docs/errors#graph-throttled' });
  expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
});

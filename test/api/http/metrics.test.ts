import { startApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
const ad = (query: string) => app.request('GET', `/api/v1/metrics/ad-performance${query}`, { as: 'user' });
const exported = (query: string) => app.request('GET', `/api/v1/metrics/export${query}`, { as: 'machine' });

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

describe('GET /metrics/ad-performance', () => {
  test('answers the delivery of one ad', async () => {
    const [campaign] = app.graph.data.campaigns({ kind: 'good', effectiveStatus: 'ACTIVE' });
    const adId = campaign?.ads[0]?.id ?? '';
    const { status, body } = await ad(`?ad_id=${adId}&date_preset=last_14d`);
    const expected = app.graph.data.expectedInsights({ adId, preset: 'last_14d' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ ad_id: adId, date_preset: 'last_14d' });
    expect(body.insights).toMatchObject({ impressions: expected?.impressions, clicks: expected?.clicks });
    expect((await ad(`?ad_id=${adId}`)).body.date_preset).toBe('last_30d');
  });

  test.each([
    ['', 400, 'ad_id: is required'],
    ['?ad_id=1/../2', 400, 'ad_id: must be digits'],
    ['?ad_id=1&ad_id=2', 400, 'ad_id: must be digits'],
    ['?ad_id=1', 404, 'No ad with id 1'],
  ])('answers %p with %d', async (query, status, detail) => {
    expect(await ad(query)).toMatchObject({ status, body: { status, detail } });
  });
});

describe('GET /metrics/export', () => {
  test('answers each campaign with its delivery in the range', async () => {
    const until = app.graph.data.today();
    const since = `${until.slice(0, 8)}01`;
    const { status, body } = await exported(`?date_from=${since}&date_until=${until}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ date_from: since, date_until: until });
    const [campaign] = app.graph.data.campaigns({ kind: 'excellent', effectiveStatus: 'ACTIVE' });
    const row = body.campaigns.find(({ id }: { id: string }) => id === campaign?.id);
    const expected = app.graph.data.expectedInsights({ campaignId: campaign?.id, since, until });
    expect(row).toMatchObject({ name: campaign?.name, insights: { impressions: expected?.impressions } });
  });

  test.each([
    ['', ['date_from: is required', 'date_until: is required']],
    ['?date_from=2026-02-30&date_until=2026-03-01', ['date_from: must be a calendar date, YYYY-MM-DD']],
    ['?date_from=2026-1-1&date_until=01/02/2026', ['date_from: must be', 'date_until: must be']],
    ['?date_from=2026-1-1&date_until=2026-02-01', ['date_from: must be a calendar date, YYYY-MM-DD']],
    ['?date_from=2026-03-02&date_until=2026-03-01', ['date_until: must not be before date_from']],
  ])('refuses %p', async (query, details) => {
    const { status, body } = await exported(query);
    expect(status).toBe(400);
    const faults: string[] = body.detail.split('; ');
    expect(faults).toHaveLength(details.length);
    for (const [index, detail] of details.entries()) expect(faults[index]).toContain(detail);
  });

  test.each([
    ['none', {}],
    ['another', { 'X-API-Key': 'another-key-not-real' }],
  ])('answers 401 to a caller with %s key', async (_, headers) => {
    const response = await app.request('GET', '/api/v1/metrics/export', { headers });
    expect(response).toMatchObject({ status: 401, body: { detail: 'A valid X-API-Key is required' } });
    expect(response.headers.get('WWW-Authenticate')).toBe('ApiKey header="X-API-Key"');
  });

  test('does not take a user for a machine', async () => {
    expect((await app.request('GET', '/api/v1/metrics/export', { as: 'user' })).status).toBe(401);
  });
});

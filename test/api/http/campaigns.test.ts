import { startApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
const get = (path: string) => app.request('GET', `/api/v1/campaigns${path}`, { as: 'user' });

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());
afterEach(() => app.graph.faults.clear());

function seeded() {
  const [campaign] = app.graph.data.campaigns({ kind: 'good', effectiveStatus: 'ACTIVE' });
  if (campaign === undefined) throw new Error('The data set has no good active campaign');
  return campaign;
}

describe('GET /campaigns', () => {
  test('answers the campaigns of the account', async () => {
    const { status, body, headers } = await get('');
    expect(status).toBe(200);
    expect(headers.get('Cache-Control')).toBe('no-store');
    const { id, name, effectiveStatus, objective } = seeded();
    const expected = { id, name, effective_status: effectiveStatus, objective };
    expect(body.campaigns).toContainEqual(expect.objectContaining(expected));
  });

  test.each(['active', 'ACTIVE', 'Active'])('keeps those of status %s', async (status) => {
    const { body } = await get(`?status=${status}`);
    expect(body.campaigns).toHaveLength(app.graph.data.campaigns({ effectiveStatus: 'ACTIVE' }).length);
  });

  test('answers at most `limit`', async () => {
    expect((await get('?limit=3')).body.campaigns).toHaveLength(3);
  });

  test('is read page by page, each campaign once', async () => {
    const all = (await get('')).body.campaigns.map(({ id }: { id: string }) => id);
    const ids: string[] = [];
    let query = '?limit=25';
    const sizes: number[] = [];
    for (;;) {
      const { status, body } = await get(query);
      expect(status).toBe(200);
      ids.push(...body.campaigns.map(({ id }: { id: string }) => id));
      sizes.push(body.campaigns.length);
      if (body.next_cursor === undefined) break;
      query = `?limit=25&cursor=${body.next_cursor}`;
    }
    expect(ids).toEqual(all);
    expect(sizes.slice(0, -1)).toEqual(sizes.slice(0, -1).map(() => 25));
    expect((await get(`?limit=${all.length}`)).body).not.toHaveProperty('next_cursor');
  });

  test('refuses a cursor that is made up, or of a list with another filter', async () => {
    const { next_cursor } = (await get('?limit=1')).body;
    expect((await get(`?status=active&cursor=${next_cursor}`)).body.detail).toBe(
      'cursor: belongs to a list with another status',
    );
    for (const cursor of [
      '',
      'x',
      'W10',
      Buffer.from('[null,-1,"1"]').toString('base64url'),
      'a'.repeat(201),
    ]) {
      const { status, body } = await get(`?cursor=${cursor}`);
      expect({ status, detail: body.detail }).toEqual({
        status: 400,
        detail: 'cursor: is not a next_cursor of this list',
      });
    }
  });

  test.each([
    ['?status=foo', 'status: must be one of ACTIVE, PAUSED, ARCHIVED'],
    ['?status=deleted', 'status: must be one of ACTIVE, PAUSED, ARCHIVED'],
    ['?status=', 'status: must be one of ACTIVE, PAUSED, ARCHIVED'],
    ['?limit=0', 'limit: must be a whole number from 1 to 100'],
    ['?limit=101', 'limit: must be a whole number from 1 to 100'],
    ['?limit=1e1', 'limit: must be a whole number from 1 to 100'],
    ['?limit=', 'limit: must be a whole number from 1 to 100'],
    ['?limit=1&limit=2', 'limit: must be a whole number from 1 to 100'],
  ])('refuses %s', async (query, detail) => {
    const { status, body, headers } = await get(query);
    expect(status).toBe(400);
    expect(headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({
      type: '/docs/errors#bad-request',
      title: 'Bad Request',
      status: 400,
      detail,
    });
    const [path, message] = detail.split(': ');
    expect(body.errors).toEqual([{ path, message }]);
    expect(body.instance).toBe('/api/v1/campaigns');
    expect(body.request_id).toBe(headers.get('X-Request-Id'));
  });
});

describe('GET /campaigns/:id', () => {
  test('answers one campaign', async () => {
    const { id, name } = seeded();
    expect(await get(`/${id}`)).toMatchObject({ status: 200, body: { id, name } });
  });

  test('answers 404 for one that does not exist, and 400 for no id', async () => {
    expect(await get('/1')).toMatchObject({ status: 404, body: { detail: 'No campaign with id 1' } });
    expect(await get('/abc')).toMatchObject({ status: 400, body: { detail: 'id: must be digits' } });
  });
});

describe('GET /campaigns/:id/insights', () => {
  test('answers the delivery of a period', async () => {
    const { id } = seeded();
    const { status, body } = await get(`/${id}/insights?date_preset=last_7d`);
    const expected = app.graph.data.expectedInsights({ campaignId: id, preset: 'last_7d' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ campaign_id: id, date_preset: 'last_7d' });
    expect(body.insights).toMatchObject({ impressions: expected?.impressions, clicks: expected?.clicks });
    expect(body.insights.spend).toBeCloseTo(expected?.spend ?? Number.NaN, 2);
  });

  test('takes the last 30 days by default, and null for no delivery', async () => {
    const [idle] = app.graph.data.campaigns({ kind: 'undelivered' });
    const { body } = await get(`/${idle?.id}/insights`);
    expect(body).toEqual({ campaign_id: idle?.id, date_preset: 'last_30d', insights: null });
  });

  test('answers 404 for an unknown campaign and 400 for an unknown period', async () => {
    expect((await get('/1/insights')).status).toBe(404);
    const { status, body } = await get(`/${seeded().id}/insights?date_preset=last_week`);
    expect(status).toBe(400);
    expect(body.detail).toMatch(/^date_preset: must be one of today, yesterday, /);
  });
});

test('failures of Facebook are typed and say nothing of its words', async () => {
  await get('?limit=1');
  app.graph.faults.add({ kind: 'permission', route: 'campaigns' });
  const refused = await get('');
  expect(refused).toMatchObject({ status: 502, body: { type: '/docs/errors#graph-permission' } });
  expect(refused.text).not.toContain('ads_management');
});

import { startApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
const post = (path: string, body?: unknown) =>
  app.request('POST', `/api/v1/automation${path}`, { as: 'user', body });

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const isSelling = (objective: string) => ['OUTCOME_SALES', 'CONVERSIONS'].includes(objective);
const idsOf = (rows: { campaign_id: string }[]) => new Set(rows.map(({ campaign_id }) => campaign_id));

test('suggests to pause the poor and the expensive', async () => {
  const { status, body } = await post('/pause-underperforming');
  expect(status).toBe(200);
  expect(body.thresholds).toEqual({ ctr_threshold: 1, cpa_threshold: 50 });
  const suggested = idsOf(body.suggestions);
  const active = app.graph.data.activeCampaigns();
  const poor = active.filter(({ kind, objective }) => kind === 'poor' && isSelling(objective));
  expect(poor.length).toBeGreaterThan(0);
  for (const { id } of poor) expect(suggested).toContain(id);
  const others = active.filter(({ objective }) => /AWARENESS|REACH/.test(objective));
  expect(others.length).toBeGreaterThan(0);
  for (const { id } of others) expect(suggested).not.toContain(id);
  for (const { id } of app.graph.data.campaigns({ kind: 'excellent' })) expect(suggested).not.toContain(id);
});

test('suggests budgets by the thresholds that it is given', async () => {
  const { status, body } = await post('/optimize-budgets', { ctr_threshold: 1.2 });
  expect(status).toBe(200);
  expect(body.thresholds).toEqual({ ctr_threshold: 1.2, cpa_threshold: 50 });
  const actions = new Set(body.suggestions.map(({ action }: { action: string }) => action));
  expect(actions).toEqual(new Set(['increase_budget', 'decrease_budget']));
});

test('plans a reallocation', async () => {
  expect(await post('/reallocation-plan', {})).toMatchObject({
    status: 200,
    body: { plan: expect.anything() },
  });
});

test('remembers what it suggested, the newest first, and changes nothing at Facebook', async () => {
  const { status, body } = await app.request('GET', '/api/v1/automation/suggestions?limit=2', { as: 'user' });
  expect(status).toBe(200);
  expect(body.suggestions.map(({ kind }: { kind: string }) => kind)).toEqual(['reallocation', 'budget']);
  expect(app.graph.journal.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test.each([
  [{ ctr_threshold: 0 }, 'ctr_threshold: must be above 0'],
  [{ cpa_threshold: -1 }, 'cpa_threshold: must be above 0'],
  [{ ctr_threshold: '1' }, 'ctr_threshold: must be a number'],
  [{ ctr_threshold: null }, 'ctr_threshold: must be a number'],
  [{ ctr_treshold: 1 }, 'Unrecognized key: "ctr_treshold"'],
  [[1], 'a JSON object is required'],
])('refuses %j', async (body, detail) => {
  for (const path of ['/pause-underperforming', '/optimize-budgets', '/reallocation-plan']) {
    expect(await post(path, body)).toMatchObject({ status: 400, body: { detail } });
  }
});

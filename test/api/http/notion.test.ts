import { startApp, type TestApp } from '../../support/app.ts';
import { type NotionServer, startNotionServer } from '../../support/notion-server.ts';

let app: TestApp;
let notion: NotionServer;
const request = (method: string, path: string, body?: unknown) =>
  app.request(method, `/api/v1/notion${path}`, { as: 'user', body });

beforeAll(async () => {
  notion = await startNotionServer();
  const { url, token, databaseId } = notion.access;
  app = await startApp({ env: { NOTION_URL: url, NOTION_TOKEN: token, NOTION_DATABASE_ID: databaseId } });
});
afterEach(() => notion.heal());
afterAll(async () => {
  await app.stop();
  await notion.close();
});

test('saves the report of a campaign', async () => {
  const [campaign] = app.graph.data.campaigns({ kind: 'good', effectiveStatus: 'ACTIVE' });
  const { status, body } = await request('POST', `/save-report/${campaign?.id}`, { date_preset: 'last_7d' });
  expect(status).toBe(201);
  const stored = notion.pages.at(-1);
  expect(body).toEqual({ campaign_id: campaign?.id, page: { id: stored?.id, url: expect.any(String) } });
  expect(stored?.title).toContain(campaign?.name);
  expect((await request('POST', `/save-report/${campaign?.id}`)).status).toBe(201);
});

test('saves the summary of yesterday, and finds it', async () => {
  const { status, body } = await request('POST', '/daily-summary');
  expect(status).toBe(201);
  const { title } = notion.pages.at(-1) ?? { title: '' };
  const found = await request('GET', `/search?query=${encodeURIComponent(title)}`);
  expect(found).toMatchObject({
    status: 200,
    body: { query: title, results: [{ id: body.page.id, title }] },
  });
});

test.each([
  ['POST', '/save-report/abc', 400, 'campaignId: must be digits'],
  ['POST', '/save-report/1', 404, 'No campaign with id 1'],
  ['GET', '/search', 400, 'query: is required'],
  ['GET', '/search?query=%20', 400, 'query: must not be empty'],
])('%s %s answers %d', async (method, path, status, detail) => {
  expect(await request(method, path)).toMatchObject({ status, body: { detail } });
});

test('says when Notion fails', async () => {
  notion.fail('drop');
  expect(await request('GET', '/search?query=x')).toMatchObject({ status: 503, body: { status: 503 } });
});

test('says when Notion is not configured, before Facebook is asked', async () => {
  const bare = await startApp();
  const detail = 'Notion is not configured: set NOTION_TOKEN and NOTION_DATABASE_ID';
  for (const [method, path] of [
    ['POST', '/save-report/1'],
    ['POST', '/daily-summary'],
    ['GET', '/search?query=x'],
  ] as const) {
    const { status, body, headers } = await bare.request(method, `/api/v1/notion${path}`, { as: 'user' });
    expect({ status, detail: body.detail }).toEqual({ status: 503, detail });
    expect(headers.get('Retry-After')).toMatch(/^\d+$/);
  }
  expect(bare.graph.journal.requests).toEqual([]);
  await bare.stop();
});

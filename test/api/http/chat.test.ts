import { startApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
const ask = (body: unknown, as: 'user' | 'admin' = 'user') =>
  app.request('POST', '/api/v1/chat', { as, body });

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());
afterEach(() => app.graph.faults.clear());

test.each(['Quais campanhas estão ativas?', 'Which campaigns are active?'])('answers %p', async (message) => {
  const { status, body } = await ask({ message });
  expect(status).toBe(200);
  expect(body).toEqual({ type: 'campaigns', query: message, data: expect.anything() });
  expect(body.data.count).toBe(app.graph.data.activeCampaigns().length);
});

test.each([
  [undefined, 'a JSON object is required'],
  [{}, 'message: is required'],
  [{ message: '   ' }, 'message: must not be empty'],
  [{ message: 'x'.repeat(1001) }, 'message: must have at most 1000 characters'],
  [{ message: 7 }, 'message: must be a string'],
  [{ message: 'hi', session_id: '' }, 'session_id: must not be empty'],
  [[], 'a JSON object is required'],
])('refuses %j', async (body, detail) => {
  expect(await ask(body)).toMatchObject({ status: 400, body: { detail } });
});

test('keeps a history of each user, the newest first', async () => {
  await ask({ message: 'first of admin', session_id: 's-1' }, 'admin');
  await ask({ message: 'second of admin' }, 'admin');
  await ask({ message: 'of another user' });
  const { status, body } = await app.request('GET', '/api/v1/chat/history', { as: 'admin' });
  expect(status).toBe(200);
  expect(body.history).toEqual([
    { at: expect.any(String), message: 'second of admin', type: expect.any(String) },
    { at: expect.any(String), session_id: 's-1', message: 'first of admin', type: expect.any(String) },
  ]);
  const one = await app.request('GET', '/api/v1/chat/history?limit=1', { as: 'admin' });
  expect(one.body.history).toHaveLength(1);
  expect((await app.request('GET', '/api/v1/chat/history?limit=101', { as: 'admin' })).status).toBe(400);
});

test('says in the log, not in the answer, why a message was not answered', async () => {
  app.graph.faults.add({ kind: 'permission', route: ['campaigns', 'account_insights'] });
  const { status, text } = await ask({ message: 'Quais campanhas estão ativas?' });
  expect(status).toBe(502);
  expect(text).not.toContain('GraphPermissionError');
  expect(app.logs.join('\n')).toMatch(
    / WARN Chat message could not be answered: GraphPermissionError: .* request_id=/,
  );
});

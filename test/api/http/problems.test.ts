import { createMemoryStores } from '../../../api/src/stores/sqlite/sqlite-stores.ts';
import { startApp, type TestApp } from '../../support/app.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
let app: TestApp;

beforeAll(async () => {
  app = await startApp({ env: { LOG_LEVEL: 'http' } });
});
afterAll(() => app.stop());

describe('what is no request of this API', () => {
  test.each([
    ['GET', '/nowhere', 404],
    ['GET', '/api/v1', 404],
    ['GET', '/api/v1/nowhere', 404],
    ['GET', '/api/v1/campaigns/1/2/3', 404],
    ['POST', '/admin/nowhere', 404],
    ['GET', '/api/v1/campaigns/%E0%A4%A', 400],
  ])('%s %s is a problem of status %d', async (method, path, status) => {
    const response = await app.request(method, path);
    expect(response.status).toBe(status);
    expect(response.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    expect(response.body).toMatchObject({ status, instance: path });
    expect(response.body.type).toMatch(/^\/docs\/errors#[a-z-]+$/);
  });

  test.each([
    ['DELETE', '/api/v1/campaigns', 'GET, HEAD'],
    ['GET', '/api/v1/chat', 'POST'],
    ['PUT', '/admin/invalidate-cache', 'POST'],
    ['POST', '/livez', 'GET, HEAD'],
    ['PATCH', '/metrics', 'GET, HEAD'],
  ])('%s %s is 405 and allows %s, logged in or not', async (method, path, allow) => {
    for (const as of [undefined, 'user'] as const) {
      const { status, headers, body } = await app.request(method, path, { as });
      expect({ status, allow: headers.get('Allow'), title: body.title }).toEqual({
        status: 405,
        allow,
        title: 'Method Not Allowed',
      });
    }
  });

  test('HEAD is answered where GET is', async () => {
    expect((await app.request('HEAD', '/livez')).status).toBe(200);
    expect((await app.request('HEAD', '/api/v1/campaigns')).status).toBe(401);
  });
});

describe('bodies', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    app.request('POST', '/api/v1/chat', { as: 'user', body, headers });

  test.each([
    ['malformed', '{"message": ', {}, 400, 'The body is not valid JSON'],
    ['a string', '"hello"', {}, 400, 'a JSON object is required'],
    ['null', 'null', {}, 400, 'a JSON object is required'],
    ['a list', '[]', {}, 400, 'a JSON object is required'],
    [
      'too large',
      JSON.stringify({ message: 'x'.repeat(100_001) }),
      {},
      413,
      'The body is larger than this API accepts',
    ],
    [
      'a form',
      'message=hi',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
      'The body must be JSON',
    ],
    ['oddly encoded', '{}', { 'Content-Encoding': 'lzma' }, 415, 'The Content-Encoding is not supported'],
    ['of another charset', '{}', { 'Content-Type': 'application/json; charset=latin1' }, 415, 'The charset'],
  ])('that are %s', async (_, body, headers, status, detail) => {
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    expect(response.body).toMatchObject({ status, detail: expect.stringContaining(detail) });
    expect(response.text).not.toMatch(/SyntaxError|Unexpected|at JSON|\.ts:/);
  });

  test('are not read before the caller is known', async () => {
    expect((await app.request('POST', '/api/v1/chat', { body: '{bad' })).status).toBe(401);
  });
});

describe('X-Request-Id', () => {
  const idOf = async (given?: string) => {
    const headers: Record<string, string> = given === undefined ? {} : { 'X-Request-Id': given };
    return (await app.request('GET', '/nowhere', { headers })).headers.get('X-Request-Id');
  };

  test('is made, or taken over when well formed', async () => {
    expect(await idOf()).toMatch(UUID);
    expect(await idOf('trace-1.2:3_4')).toBe('trace-1.2:3_4');
  });

  test.each(['has space', 'x'.repeat(129), 'a\u00e7\u00e3o', '{"a":1}'])(
    'is replaced when it is %p',
    async (given) => {
      expect(await idOf(given)).toMatch(UUID);
    },
  );

  test('is on the log line of the request', async () => {
    await app.request('GET', '/nowhere?secret=1', { headers: { 'X-Request-Id': 'line-1' } });
    const line = app.logs.find((text) => text.includes('request_id=line-1'));
    expect(line).toMatch(
      / HTTP Request request_id=line-1 method=GET path=\/nowhere route="\(none\)" status=404 duration_ms=\d+(\.\d)?$/,
    );
  });
});

describe('headers', () => {
  test('keep browsers safe and caches out', async () => {
    const { headers } = await app.request('GET', '/api/v1/campaigns');
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'self'");
    expect(headers.get('X-Powered-By')).toBeNull();
    expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
  });
});

describe('what goes wrong inside', () => {
  test('is answered with nothing of itself, and logged with all of it', async () => {
    const failing = {
      append: () => Promise.reject(new Error('inner words of the store')),
      latest: () => Promise.reject(new TypeError('inner words of the store')),
      removeBefore: async () => 0,
    };
    const broken = await startApp({
      overrides: { stores: { ...createMemoryStores(), chat: failing, suggestions: failing } },
    });
    const { status, body, text } = await broken.request('GET', '/api/v1/chat/history', { as: 'user' });
    expect(status).toBe(500);
    expect(body).toMatchObject({
      type: '/docs/errors#internal-server-error',
      title: 'Internal Server Error',
    });
    expect(text).not.toMatch(/inner words|TypeError/);
    const line = broken.logs.find((entry) => entry.includes('Request failed unexpectedly'));
    expect(line).toContain(' ERROR ');
    expect(line).toContain('TypeError: inner words of the store');
    expect(line).toContain(`request_id=${body.request_id}`);
    await broken.stop();
  });
});

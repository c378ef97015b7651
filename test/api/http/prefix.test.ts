import { startApp, type TestApp } from '../../support/app.ts';

const headers = { 'X-Forwarded-Prefix': '/ads' };
let app: TestApp;
let trusting: TestApp;

beforeAll(async () => {
  app = await startApp();
  trusting = await startApp({ env: { TRUST_PROXY: '1' } });
});
afterAll(async () => {
  await trusting.stop();
  await app.stop();
});

test.each(['/docs', '/docs/'])(
  '%s leads to its parts by relative paths, whatever stands before it',
  async (path) => {
    const { status, text } = await app.request('GET', path);
    expect(status).toBe(200);
    const links = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link);
    expect(links).toHaveLength(5);
    for (const link of links) {
      const { pathname } = new URL(link, `https://proxy.test/ads${path}`);
      expect(pathname).toMatch(/^\/ads\/docs\/assets\//);
      expect((await app.request('GET', pathname.slice('/ads'.length))).status).toBe(200);
    }
    const { text: script } = await app.request('GET', '/docs/assets/start.js');
    const [, document = ''] = /new URL\('([^']+)'/.exec(script) ?? [];
    expect(new URL(document, 'https://proxy.test/ads/docs/assets/start.js').pathname).toBe(
      '/ads/openapi.json',
    );
  },
);

test('a trusted proxy says what stands before paths', async () => {
  const problem = await trusting.request('GET', '/api/v1/campaigns', { headers });
  expect(problem.body).toMatchObject({
    type: '/ads/docs/errors#unauthorized',
    instance: '/ads/api/v1/campaigns',
  });
  const { body } = await trusting.request('GET', '/openapi.json', { headers });
  expect(body.servers).toEqual([{ url: '/ads' }]);
  expect((await trusting.request('GET', '/openapi.json')).body.servers).toEqual([{ url: '.' }]);
});

test.each([
  '//evil.test',
  '/a b',
  'javascript:alert(1)',
  '/"><script>',
  'https://evil.test',
  `/${'a'.repeat(300)}`,
])('a prefix that is none is not repeated: %s', async (prefix) => {
  const { body } = await trusting.request('GET', '/api/v1/campaigns', {
    headers: { 'X-Forwarded-Prefix': prefix },
  });
  expect(body.type).toBe('/docs/errors#unauthorized');
});

test('anybody else is not believed', async () => {
  const { body } = await app.request('GET', '/api/v1/campaigns', { headers });
  expect(body).toMatchObject({ type: '/docs/errors#unauthorized', instance: '/api/v1/campaigns' });
});

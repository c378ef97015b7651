import { PROBLEM_TYPES } from '../../../api/src/api/problem-catalog.ts';
import { startApp } from '../../support/app.ts';

const preflight = {
  headers: {
    Origin: 'https://dashboard.test',
    'Access-Control-Request-Method': 'GET',
    'Access-Control-Request-Headers': 'authorization',
  },
};

test('pages of other origins may not call the API, unless they are configured', async () => {
  const closed = await startApp();
  const refused = await closed.request('OPTIONS', '/api/v1/campaigns', preflight);
  expect(refused.headers.get('Access-Control-Allow-Origin')).toBeNull();
  await closed.stop();

  const open = await startApp({ env: { CORS_ORIGINS: 'https://dashboard.test, https://other.test' } });
  const allowed = await open.request('OPTIONS', '/api/v1/campaigns', preflight);
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get('Access-Control-Allow-Origin')).toBe('https://dashboard.test');
  expect(allowed.headers.get('Access-Control-Allow-Headers')).toBe('authorization');
  const stranger = await open.request('GET', '/livez', { headers: { Origin: 'https://stranger.test' } });
  expect(stranger.headers.get('Access-Control-Allow-Origin')).toBeNull();
  await open.stop();
});

test('pages may read the headers that docs/errors.md tells them to', async () => {
  const open = await startApp({ env: { CORS_ORIGINS: 'https://dashboard.test' } });
  const { headers } = await open.request('GET', '/api/v1/campaigns', {
    headers: { Origin: 'https://dashboard.test' },
  });
  const exposed = headers.get('Access-Control-Expose-Headers')?.split(',') ?? [];
  const named = PROBLEM_TYPES.flatMap(({ remedy }) => [...remedy.matchAll(/`([A-Z][\w-]+-?[A-Z]?[\w-]*)`/g)])
    .map(([, name = '']) => name)
    .filter((name) => ['Retry-After', 'Allow', 'WWW-Authenticate', 'RateLimit'].includes(name));
  expect(named.length).toBeGreaterThan(1);
  for (const name of [...named, 'X-Request-Id']) expect(exposed).toContain(name);
  await open.stop();
});

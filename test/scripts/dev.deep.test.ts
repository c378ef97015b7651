import { killScripts, runScript } from '../support/server-process.ts';

afterEach(killScripts);

test('npm run dev serves the API without credentials, prints what to call it with, and ends both', async () => {
  const dev = await runScript('scripts/dev.ts', { env: { PORT: '0' } });
  await dev.line(/Ctrl\+C ends both/);
  const [, user = ''] = await dev.line(/TOKEN=(\S+)/);
  const [, admin = ''] = await dev.line(/ADMIN=(\S+)/);
  const [, key = ''] = await dev.line(/KEY=(\S+)/);
  const [, url = ''] = await dev.line(/Listening on (http:\/\/[\w.:]+)/);
  const get = (path: string, headers: Record<string, string>) => fetch(`${url}${path}`, { headers });
  const campaigns = await get('/api/v1/campaigns?status=active&limit=5', { Authorization: `Bearer ${user}` });
  expect(((await campaigns.json()) as { campaigns: unknown[] }).campaigns).toHaveLength(5);
  const exported = '/api/v1/metrics/export?date_from=2026-01-01&date_until=2026-01-02';
  expect((await get(exported, { 'X-API-Key': key })).status).toBe(200);
  const invalidated = await fetch(`${url}/admin/invalidate-cache`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${admin}` },
  });
  expect(invalidated.status).toBe(200);
  await dev.line(/a poor campaign {4}\S.*: \d.* of 100 \(poor\)/);
  await dev.line(/a suggestion {7}pause \S.*: \w+/);
  await dev.line(/an alert, to n8n {3}Campaign ".+" scores \d.* of 100/);
  const suggested = await get('/api/v1/automation/suggestions', { Authorization: `Bearer ${user}` });
  expect(((await suggested.json()) as { suggestions: unknown[] }).suggestions).toHaveLength(1);
  dev.kill('SIGINT');
  const { code, stderr } = await dev.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await expect(fetch(`${url}/livez`)).rejects.toThrow();
});

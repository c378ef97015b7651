import { startApp } from '../support/app.ts';
import { TEST_JWT_SECRET } from '../support/access-tokens.ts';
import { runScript } from '../support/server-process.ts';

async function token(args: string[], env: Record<string, string> = {}, dotenv?: string) {
  const { code, stdout, stderr } = await (await runScript('scripts/token.ts', { args, env, dotenv })).ended;
  return { code, stdout, stderr };
}

test('makes a token that the service takes, with the secret of .env', async () => {
  const { code, stdout, stderr } = await token(
    ['--role', 'admin', '--sub', 'me', '--ttl', '60'],
    {},
    `JWT_SECRET=${TEST_JWT_SECRET}\n`,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const app = await startApp();
  const headers = { Authorization: `Bearer ${stdout.trim()}` };
  expect((await app.request('POST', '/admin/invalidate-cache', { headers })).status).toBe(200);
  expect(app.logs.join('\n')).toContain('Audit: agent cache invalidated');
  await app.stop();
});

test.each([
  [[], {}, 'JWT_SECRET: is missing'],
  [['--role', 'boss'], { JWT_SECRET: TEST_JWT_SECRET }, '--role must be user or admin, not boss'],
  [
    ['--ttl', '0'],
    { JWT_SECRET: TEST_JWT_SECRET },
    '--ttl must be a whole number of seconds from 1 to 86400',
  ],
  [
    [],
    { JWT_SECRET: TEST_JWT_SECRET, NODE_ENV: 'production' },
    'NODE_ENV: tokens are made here for development only',
  ],
])('refuses %j with %j in one line, exit 2', async (args, env: Record<string, string>, reason) => {
  const { code, stdout, stderr } = await token(args, env);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`token: ${reason}`);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

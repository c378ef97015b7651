import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startApp } from '../../support/app.ts';
import { startGraphServer } from '../../support/graph/index.ts';
import { killScripts, runNode, SERVER_ENV, serve, startServerProcess } from '../../support/server-process.ts';

describe('the server process', () => {
  afterEach(killScripts);

  test('names everything that is missing or wrong in its configuration, and ends with 1', async () => {
    const env = {
      PORT: 'x',
      API_KEY: 'short',
      FACEBOOK_ACCESS_TOKEN: 'test-token-not-real',
      LOG_LEVEL: 'loud',
    };
    const { ended } = await runNode(serve('server'), { env });
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const fault of [
      'API_KEY: must have at least 16 characters',
      'FACEBOOK_AD_ACCOUNT_ID: is missing',
      'FACEBOOK_APP_ID: is missing',
      'FACEBOOK_APP_SECRET: is missing',
      'JWT_SECRET: is missing (or set JWT_JWKS_URL)',
      'LOG_LEVEL: ',
      'PORT: ',
    ]) {
      expect(stderr).toContain(`  - ${fault}`);
    }
    expect(stderr).not.toMatch(/test-token-not-real|ACCESS_TOKEN|\.ts:|short$/m);
  });

  test('says that its port is taken, and ends with 1', async () => {
    const graph = await startGraphServer();
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const env = { ...graph.env, ...SERVER_ENV, PORT: String(port) };
    const { code, stderr } = await (await runNode(serve('server'), { env })).ended;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `Cannot listen: port ${port} of 127.0.0.1 is in use; set PORT to another one\n`,
    });
    await new Promise((resolve) => other.close(resolve));
    await graph.close();
  });

  test('reads .env, under what the environment says, and gets ready', async () => {
    const graph = await startGraphServer();
    const dotenv = Object.entries({ ...SERVER_ENV, ...graph.env, LOG_FORMAT: 'text' })
      .map(([name, value]) => `${name}=${value}`)
      .join('\n');
    const server = await startServerProcess({ dotenv, env: { LOG_FORMAT: 'json' } });
    await server.line(/"message":"FacebookAdsAgent created successfully/);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    server.kill('SIGINT');
    const { code, stdout, stderr } = await server.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).message);
    expect(lines[0]).toBe(`Listening on ${server.url}`);
    // At the end of each half an hour a task is under way, too.
    expect(lines).toContain('Received SIGINT, finishing what is under way');
    expect(lines.at(-1)).toBe('Stopped');
    await graph.close();
  });
});

describe('a start while Facebook is down', () => {
  test('serves all that needs no agent, and gets ready by itself when Facebook is back', async () => {
    const graph = await startGraphServer();
    graph.faults.add({ kind: 'html-502', route: 'debug_token' });
    const down = await startApp({ env: graph.env, warming: true });
    await down.logLine(/ WARN No agent yet, not ready reason=/);
    expect((await down.request('GET', '/livez')).status).toBe(200);
    expect((await down.request('GET', '/readyz')).status).toBe(503);
    graph.faults.clear();
    await new Promise<void>((resolve) => down.context.readiness.onReady(resolve));
    expect((await down.request('GET', '/readyz')).status).toBe(200);
    await down.stop();
    await graph.close();
  });
});

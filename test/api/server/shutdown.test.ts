import { deeply } from '../../support/depth.ts';
import { Agent, get, type IncomingMessage } from 'node:http';
import { type GraphServer, startGraphServer } from '../../support/graph/index.ts';
import { signToken } from '../../support/access-tokens.ts';
import { killScripts, SERVER_ENV, startServerProcess } from '../../support/server-process.ts';

interface Answer {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

let graph: GraphServer;
let token: string;

beforeAll(async () => {
  graph = await startGraphServer();
  token = await signToken();
});
afterEach(async () => {
  graph.faults.clear();
  await killScripts();
});
afterAll(() => graph.close());

function start(env: Record<string, string> = {}) {
  return startServerProcess({ env: { ...SERVER_ENV, ...graph.env, ...env } });
}

function ask(url: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { Authorization: `Bearer ${token}` } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

test('SIGTERM: not ready at once, no new connections, what is under way finishes, exit 0', async () => {
  const server = await start();
  const [busy, open] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
  await ask(`${server.url}/livez`, open);
  const hold = graph.faults.add({ kind: 'hang', route: 'campaigns' });
  const underWay = ask(`${server.url}/api/v1/campaigns?limit=1`, busy);
  await graph.journal.until((journal) => journal.count('campaigns') > 0);
  server.kill('SIGTERM');
  await server.line(/Received SIGTERM/);
  const readiness = await ask(`${server.url}/readyz`, open);
  expect(readiness.status).toBe(503);
  expect(JSON.parse(readiness.body)).toMatchObject({ detail: 'The service is stopping' });
  expect(readiness.headers.connection).toBe('close');
  await expect(ask(`${server.url}/livez`, new Agent())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  hold.clear();
  const answer = await underWay;
  expect(answer.status).toBe(200);
  expect(answer.headers.connection).toBe('close');
  expect((await server.ended).code).toBe(0);
});

test('under load no request is dropped', async () => {
  const server = await start();
  await server.line(/created successfully/);
  let answered = 0;
  const failures: string[] = [];
  let killedAt = Number.POSITIVE_INFINITY;
  const callers = Array.from({ length: 20 }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (;;) {
      const sentAt = performance.now();
      try {
        const { status } = await ask(`${server.url}/api/v1/campaigns?limit=1`, agent);
        if (status !== 200) failures.push(`status ${status}`);
        if (++answered === 200) {
          killedAt = performance.now();
          server.kill('SIGTERM');
        }
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        // A caller that a busy machine keeps from asking for so long has an idle connection, which may be closed.
        const isIdle = sentAt > killedAt + 100;
        if (code !== 'ECONNREFUSED' && !isIdle) failures.push(`${code}: ${message}`);
        return;
      }
    }
  });
  await Promise.all(callers);
  expect(failures).toEqual([]);
  expect(answered).toBeGreaterThanOrEqual(200);
  expect((await server.ended).code).toBe(0);
});

deeply('at the deadline what is still under way is cut, exit 1', async () => {
  const server = await start({ SHUTDOWN_TIMEOUT_SECONDS: '0.3' });
  graph.faults.add({ kind: 'hang', route: 'campaigns' });
  const calls = graph.journal.count('campaigns');
  const cut = expect(ask(`${server.url}/api/v1/campaigns`, new Agent())).rejects.toThrow('socket hang up');
  await graph.journal.until((journal) => journal.count('campaigns') > calls);
  server.kill('SIGTERM');
  await cut;
  const { code, stdout } = await server.ended;
  expect(code).toBe(1);
  expect(stdout).toContain(' ERROR Stopped at the deadline with work unfinished');
});

deeply('a second signal ends it at once', async () => {
  const server = await start({ SHUTDOWN_TIMEOUT_SECONDS: '600' });
  graph.faults.add({ kind: 'hang', route: 'campaigns' });
  const calls = graph.journal.count('campaigns');
  const cut = expect(ask(`${server.url}/api/v1/campaigns`, new Agent())).rejects.toThrow();
  await graph.journal.until((journal) => journal.count('campaigns') > calls);
  server.kill('SIGTERM');
  await server.line(/Received SIGTERM/);
  server.kill('SIGTERM');
  await cut;
  expect((await server.ended).code).toBe(143);
});

import { createServer, type RequestListener, type Server as HttpServer } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(
    servers.splice(0).map((server) => {
      if ('closeAllConnections' in server) (server as HttpServer).closeAllConnections();
      return new Promise((closed) => server.close(closed));
    }),
  );
});
afterAll(removeTrees);

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

/** A process that shares its agent, or builds one for each request. */
function processOf(id: string, isLegacy: boolean): RequestListener {
  let creations = 1;
  let hits = 0;
  return ({ url }, res) => {
    if (url === '/health/agent-cache')
      return res.end(
        JSON.stringify({ creation_count: creations, hits, misses: 1, cached: true, process: id }),
      );
    if (url !== '/api/v1/campaigns') return res.writeHead(404).end('{}');
    if (isLegacy) creations += 1;
    else hits += 1;
    return res.end('{"campaigns":[]}');
  };
}

/** One address in front of several processes, each connection to the next one of them. */
async function balanced(listeners: readonly RequestListener[]): Promise<string> {
  const ports: number[] = [];
  for (const listener of listeners) ports.push(await listen(createServer(listener)));
  let turn = 0;
  const front = createTcpServer((socket) => {
    const behind = connect(ports[turn++ % ports.length] ?? 0, '127.0.0.1');
    for (const [from, to] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).pipe(to);
    }
  });
  return `http://127.0.0.1:${await listen(front)}`;
}

const proof = async (legacyAt: number, requests: number, processes = 5) => {
  const names = Array.from({ length: processes }, (_, index) => `p${index}`);
  const url = await balanced(names.map((name, index) => processOf(name, index === legacyAt)));
  const tree = new Tree({ ...GROUND, 'MIGRATION.md': '- [x] `src/a.ts`\n', 'src/a.ts': NEW_WAY });
  const { live } = await report(tree, ['--url', url, '--requests', String(requests)]);
  return { ok: live?.ok, said: live?.findings.map(({ message }) => message).join('\n') };
};

test.each([0, 1, 2, 3, 4])(
  'one process of five that builds for each request shows itself: %s',
  async (at) => {
    const { ok, said } = await proof(at, 14);
    expect(ok).toBe(false);
    expect(said).toMatch(/create(?:d)? \d+ agents/);
  },
);

test('processes that all share are proven together', async () => {
  expect(await proof(-1, 14)).toEqual({ ok: true, said: '' });
});

test('too few requests for so many processes prove nothing, and how many would is said', async () => {
  expect(await proof(-1, 8)).toEqual({
    ok: false,
    said: 'not proven, because 5 processes answer, and 20 requests do not show what each of them does: raise --requests to 12',
  });
});

test('what one process builds is not made up for by the others', async () => {
  const { ok, said } = await proof(2, 8);
  expect(ok).toBe(false);
  expect(said).toContain('had one of 5 processes create 4 agents, where one is allowed');
});

import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { createHttpServer, type HttpServer } from '../../../api/src/server/http-server.ts';

let http: HttpServer;

beforeEach(async () => {
  const limits = { headersTimeoutMs: 150, requestTimeoutMs: 150, checkEveryMs: 20 };
  http = createHttpServer((_req, res) => void res.end('fine'), limits);
  http.server.listen(0, '127.0.0.1');
  await once(http.server, 'listening');
});
afterEach(async () => {
  http.connections.destroy();
  await http.connections.close(0);
});

/** What comes back for bytes on a fresh connection, until the server closes it. */
async function exchange(...parts: string[]): Promise<string> {
  const { port } = http.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let answer = '';
  socket.on('data', (text: string) => {
    answer += text;
  });
  // The server may close while more is being sent.
  socket.on('error', () => {});
  for (const part of parts) socket.write(part);
  await once(socket, 'close');
  return answer;
}

function problemIn(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const { request_id, type, status } = JSON.parse(body);
  expect(head).toContain('Content-Type: application/problem+json');
  expect(head).toContain(`X-Request-Id: ${request_id}`);
  return { line: head.split('\r\n')[0], type, status };
}

test.each([
  ['no HTTP at all', 'hello\r\n\r\n', 400, 'Bad Request', 'bad-request'],
  [
    'a header that is too large',
    `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    'Request Header Fields Too Large',
    'request-header-fields-too-large',
  ],
  [
    'headers that trickle',
    'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ',
    408,
    'Request Timeout',
    'request-timeout',
  ],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
    400,
    'Bad Request',
    'bad-request',
  ],
])('%s is answered with a problem and a closed connection', async (_, bytes, status, title, slug) => {
  expect(problemIn(await exchange(bytes))).toEqual({
    line: `HTTP/1.1 ${status} ${title}`,
    type: `/docs/errors#${slug}`,
    status,
  });
});

test('closing lets an idle connection go after its grace, and resolves', async () => {
  const { port } = http.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  socket.resume();
  await http.connections.close(1);
  await closed;
});

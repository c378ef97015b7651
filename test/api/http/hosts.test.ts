import { once } from 'node:events';
import { connect } from 'node:net';
import { startApp, type TestApp } from '../../support/app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

async function exchange(head: string[]): Promise<string> {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  let answer = '';
  socket.on('data', (text: string) => {
    answer += text;
  });
  socket.write(`${head.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  await once(socket, 'close');
  return answer;
}

test.each([
  ['two hosts', ['GET /livez HTTP/1.1', 'Host: one.test', 'host: two.test']],
  ['the same host twice', ['GET /livez HTTP/1.1', 'Host: one.test', 'Host: one.test']],
  ['no host', ['GET /livez HTTP/1.1', 'Accept: */*']],
])('%s: 400, and said so', async (_name, head) => {
  const answer = await exchange(head);
  expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
  expect(answer).toContain('application/problem+json');
  expect(answer).toMatch(/x-request-id: /i);
  expect(answer).toContain('/docs/errors#bad-request');
});

test.each([
  ['one host', ['GET /livez HTTP/1.1', 'Host: one.test']],
  ['an older protocol, which needs none', ['GET /livez HTTP/1.0']],
])('%s: fine', async (_name, head) => {
  expect(await exchange(head)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
});

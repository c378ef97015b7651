import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Front {
  url: string;
  close(): Promise<void>;
}

/**
 * One port before many processes, in turn. A GET that a process did not live to answer goes to the
 * next one, as a load balancer would have it.
 */
export async function startFront(members: readonly string[]): Promise<Front> {
  let turn = 0;
  const server = createServer((incoming, answer) => {
    incoming.resume();
    turn = (turn + 1) % members.length;
    forward(incoming, answer, [...members.slice(turn), ...members.slice(0, turn)]);
  });

  function forward(incoming: IncomingMessage, answer: ServerResponse, [member, ...others]: string[]): void {
    const { method, url = '/', headers } = incoming;
    const again = () => {
      if (answer.headersSent) return;
      if (method === 'GET' && others.length > 0) forward(incoming, answer, others);
      else answer.writeHead(502).end();
    };
    const outgoing = request(new URL(url, member), { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', again);
      response.on('end', () => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        answer.end(Buffer.concat(chunks));
      });
    });
    outgoing.on('error', again);
    outgoing.end();
  }

  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

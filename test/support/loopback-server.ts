import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LoopbackRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface LoopbackAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON unless it is a string. */
  body?: unknown;
}

/**
 * `hang` answers nothing, `hang-body` stops within the body, `drop` closes the connection; with `take-`,
 * what is asked for has been done before.
 */
export type Fault = 'hang' | 'take-hang' | 'hang-body' | 'drop' | 'take-drop' | LoopbackAnswer;

export interface LoopbackServer {
  /** `http://127.0.0.1:port` */
  url: string;
  /** Every request, in the order of arrival. */
  requests: LoopbackRequest[];
  /** What the matching requests meet instead of their answer, until `heal()`. */
  fail(fault: Fault, matches?: (request: LoopbackRequest) => boolean): void;
  heal(): void;
  close(): Promise<void>;
}

/** An HTTP server on a free loopback port that can fail on demand. Close it when done. */
export async function startLoopbackServer(
  answer: (request: LoopbackRequest) => LoopbackAnswer,
): Promise<LoopbackServer> {
  const requests: LoopbackRequest[] = [];
  let faultFor: (request: LoopbackRequest) => Fault | undefined = () => undefined;
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body: Buffer.concat(chunks).toString() };
      requests.push(request);
      const fault = faultFor(request);
      if (fault === 'take-hang' || fault === 'take-drop') answer(request);
      reply(response, fault ?? answer(request));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail(fault, matches = () => true) {
      faultFor = (request) => (matches(request) ? fault : undefined);
    },
    heal() {
      faultFor = () => undefined;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function reply(response: ServerResponse, answer: Fault): void {
  if (answer === 'hang' || answer === 'take-hang') return;
  if (answer === 'drop' || answer === 'take-drop') {
    response.destroy();
    return;
  }
  if (answer === 'hang-body') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"object":');
    return;
  }
  const { status, headers, body } = answer;
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}

import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { httpProblem, PROBLEM_MEDIA_TYPE, toProblem } from '../middleware/problem.ts';
import type { Connections } from './connections.ts';

const FAULTS: Record<string, [status: number, detail: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are larger than this API accepts'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive'],
};

/** Answers what never became a request: no middleware sees it, the socket is written to directly. */
export function answerClientError(connections: Connections) {
  return (error: NodeJS.ErrnoException, socket: Duplex): void => {
    const unanswerable = error.code === 'ECONNRESET' || !socket.writable;
    // An answer to an earlier request on this connection must not be cut into.
    if (unanswerable || connections.isAnswering(socket as Socket)) {
      socket.destroy();
      return;
    }
    const [status, detail] = FAULTS[error.code ?? ''] ?? [400, 'The request is not valid HTTP'];
    socket.end(rawProblem(status, detail));
  };
}

function rawProblem(status: number, detail: string): string {
  const requestId = randomUUID();
  const body = JSON.stringify(toProblem(httpProblem(status, detail), { instance: '', requestId }));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

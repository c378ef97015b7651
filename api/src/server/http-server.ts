import { createServer, type RequestListener, type Server } from 'node:http';
import { Connections } from './connections.ts';
import { answerClientError } from './client-error.ts';

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than the idle time of common load balancers (60 s): they must be the ones that close. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const TIMEOUT_CHECK_MS = 1000;
const MAX_HEADER_BYTES = 16_384;

export interface HttpServer {
  server: Server;
  connections: Connections;
}

/** A server bounded in time and size, whose protocol errors are problem documents as well. */
export function createHttpServer(listener: RequestListener): HttpServer {
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  const connections = new Connections(server);
  server.on('request', listener);
  server.on('clientError', answerClientError(connections));
  return { server, connections };
}

import { createServer, type RequestListener, type Server } from 'node:http';
import { answerClientError } from './client-error.ts';
import { Connections } from './connections.ts';

export interface HttpLimits {
  headersTimeoutMs: number;
  /** Headers and body together. */
  requestTimeoutMs: number;
  /** How often the timeouts are looked after. */
  checkEveryMs: number;
  maxHeaderBytes: number;
}

const LIMITS: HttpLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  checkEveryMs: 1000,
  maxHeaderBytes: 16_384,
};
/** Longer than the idle time of common load balancers (60 s): they must be the ones that close. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

export interface HttpServer {
  server: Server;
  connections: Connections;
}

/** A server bounded in time and size, whose protocol errors are problem documents as well. */
export function createHttpServer(listener: RequestListener, limits: Partial<HttpLimits> = {}): HttpServer {
  const { headersTimeoutMs, requestTimeoutMs, checkEveryMs, maxHeaderBytes } = { ...LIMITS, ...limits };
  const server = createServer({
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: checkEveryMs,
    maxHeaderSize: maxHeaderBytes,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // Refused by the application, with a problem document.
    requireHostHeader: false,
  });
  const connections = new Connections(server);
  server.on('request', listener);
  server.on('clientError', answerClientError(connections));
  return { server, connections };
}

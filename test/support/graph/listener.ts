import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { World } from './call.ts';
import { authenticate, checkProof, judgeProof, readCredential } from './credentials.ts';
import { deprecatedVersion, errorBody, GraphError, unknownObject } from './graph-error.ts';
import type { Journal } from './journal.ts';
import { type Latency, pause } from './latency.ts';
import { readParams } from './params.ts';
import { jsonReply, type Reply, sendReply } from './reply.ts';
import type { RouteName } from './route-name.ts';
import { findTarget, type Target } from './routes.ts';

export interface ListenerParts {
  world: World;
  journal: Journal;
  latency: Latency;
  versions: readonly string[];
  requireProof: boolean;
  traceId: () => string;
}

/** Not of the Marketing API, so that its version rule does not touch them. */
const CORE_ROUTES: readonly RouteName[] = ['debug_token', 'me'];
const SECRET_PARAMS = ['access_token', 'input_token', 'appsecret_proof'];

/** The server's request and connection listeners. */
export function graphListener(parts: ListenerParts) {
  const { world, journal, latency, versions } = parts;
  const connections = new WeakMap<Socket, number>();
  let lastConnection = 0;
  const current = versions.at(-1) ?? 'v26.0';

  function onConnection(socket: Socket): void {
    connections.set(socket, ++lastConnection);
    journal.connections++;
    journal.openConnections++;
    socket.on('close', () => journal.openConnections--);
    socket.on('error', () => socket.destroy());
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    const params = await readParams(request, url);
    const credential = readCredential(request, url, params);
    const target = findTarget(request.method ?? 'GET', url.pathname, world, current);
    const inspected = params.get('input_token');
    const proof = judgeProof(params.get('appsecret_proof'), credential.token, world.tokens.app.secret);
    const entry = journal.open({
      at: world.now().toISOString(),
      method: request.method ?? 'GET',
      path: url.pathname,
      route: target.route?.name ?? 'unknown',
      version: target.version,
      token: world.tokens.nameOf(credential.token),
      credential: credential.how,
      proof,
      ...(inspected === null ? {} : { inspected: world.tokens.nameOf(inspected) }),
      ...(target.accountId === undefined ? {} : { accountId: target.accountId }),
      query: Object.fromEntries([...params].filter(([name]) => !SECRET_PARAMS.includes(name))),
      connection: connections.get(request.socket) ?? 0,
    });
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished && entry.status === undefined) entry.status = 'aborted';
      gone.abort();
      journal.changed();
    });
    await pause(latency.next(entry.route), gone.signal);
    if (gone.signal.aborted) return;
    const reply = answer(() => {
      const token = authenticate(credential.token, world.tokens);
      checkProof(proof, parts.requireProof);
      const route = routeOf(target, versions, current);
      const edge = `${url.origin}${url.pathname}`;
      return route.handle({ world, route: route.name, object: target.object, params, token, edge });
    }, parts.traceId());
    entry.status = reply.status;
    sendReply(response, { ...reply, headers: { ...reply.headers, 'facebook-api-version': target.version } });
  }

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else if (error instanceof GraphError) sendReply(response, errorReply(error, parts.traceId()));
      // A defect of the stand-in itself: said plainly, so that a test does not take it for Graph's.
      else sendReply(response, jsonReply(500, { standInDefect: String(error) }));
    });
  }

  return { onConnection, onRequest };
}

function routeOf({ route, version, object, edge }: Target, versions: readonly string[], current: string) {
  const core = route !== undefined && CORE_ROUTES.includes(route.name);
  if (!core && !versions.includes(version)) throw deprecatedVersion(current);
  if (route !== undefined) return route;
  if (edge === undefined) throw unknownObject(object);
  throw new GraphError({ code: 2500, message: `Unknown path components: /${edge}` });
}

/** Runs a handler; what it throws becomes a Graph error body. */
function answer(handle: () => unknown, traceId: string): Reply {
  try {
    return jsonReply(200, handle());
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return errorReply(error, traceId);
  }
}

function errorReply(error: GraphError, traceId: string): Reply {
  return jsonReply(error.status, errorBody(error.detail, traceId));
}

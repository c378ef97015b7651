import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call, World } from './call.ts';
import { ConnectionBook } from './connection-book.ts';
import { CONTROL_PREFIX } from './control-prefix.ts';
import { authenticate, checkProof } from './credentials.ts';
import { deliver } from './deliver.ts';
import { wordedError } from './error-wording.ts';
import type { Faults } from './faults.ts';
import { deprecatedVersion, errorReply, GraphError, unknownObject } from './graph-error.ts';
import type { Journal } from './journal.ts';
import { type Latency, pause } from './latency.ts';
import { type Recorded, recordRequest } from './record-request.ts';
import { jsonReply, type Reply, sendReply } from './reply.ts';
import type { RouteName } from './route-name.ts';
import type { Target } from './routes.ts';
import type { Throttled, UsageMeter } from './usage.ts';

export interface ListenerParts {
  world: World;
  journal: Journal;
  latency: Latency;
  faults: Faults;
  usage: UsageMeter;
  versions: readonly string[];
  endedVersions: readonly string[];
  requireProof: boolean;
  onControl: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
}

/** Not of the Marketing API, so that its version rule does not touch them. */
const CORE_ROUTES: readonly RouteName[] = ['debug_token', 'me'];

/** The server's request listener. */
export function graphListener(parts: ListenerParts) {
  const { world, journal, latency, faults, usage, versions, endedVersions } = parts;
  const connections = new ConnectionBook(journal);
  const current = versions.at(-1) ?? 'v27.0';

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    if (url.pathname.startsWith(CONTROL_PREFIX)) return parts.onControl(request, response, url);
    const connection = connections.numberOf(request.socket);
    const recorded = await recordRequest(request, url, { world, journal, current, connection });
    const { entry, params, target } = recorded;
    const gone = new AbortController();
    response.on('close', () => {
      entry.status ??= 'aborted';
      gone.abort();
      journal.changed();
    });
    const spent = usage.admit(entry.token);
    await pause(latency.next(entry.route), gone.signal);
    if (gone.signal.aborted) return;
    const traceId = `A${randomBytes(8).toString('base64url')}`;
    const headers = (throttled?: Throttled) => ({
      'facebook-api-version': servedVersion(target.version),
      ...(endedVersions.includes(target.version) && {
        'x-ad-api-version-warning':
          'The call has been auto-upgraded to ' +
          servedVersion(target.version) +
          ' as ' +
          target.version +
          ' has been deprecated.',
      }),
      'x-fb-trace-id': traceId,
      ...usage.headers(entry, throttled),
    });
    await deliver(faults.take({ route: entry.route, token: entry.token, params }), {
      response,
      entry,
      headers,
      traceId,
      now: world.now,
      token: recorded.credential.token ?? '',
      gone: gone.signal,
      honest: () => {
        const reply = answer(() => {
          if (spent !== undefined) throw new GraphError(wordedError(spent.code));
          return handle(recorded);
        }, traceId);
        return { ...reply, headers: { ...reply.headers, ...headers(spent) } };
      },
    });
  }

  /** An ended version's calls that did not change are answered by the oldest one that is left. */
  function servedVersion(version: string): string {
    return endedVersions.includes(version) ? (versions[0] ?? version) : version;
  }

  function handle({ credential, entry, target, params, edge }: Recorded): unknown {
    const token = authenticate(credential.token, world.tokens);
    checkProof(entry.proof, parts.requireProof);
    const route = routeOf(target, [...versions, ...endedVersions], current);
    const call: Call = { world, route: route.name, object: target.object, params, token, edge };
    return route.handle(call);
  }

  return function onRequest(request: IncomingMessage, response: ServerResponse): void {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else if (error instanceof GraphError) sendReply(response, errorReply(error.detail, 'A0'));
      // A defect of the stand-in itself: said plainly, so that a test does not take it for Graph's.
      else sendReply(response, jsonReply(500, { standInDefect: String(error) }));
    });
  };
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
    return errorReply(error.detail, traceId);
  }
}

import type { IncomingMessage } from 'node:http';
import type { World } from './call.ts';
import { type Credential, judgeProof, readCredential } from './credentials.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { readParams } from './params.ts';
import { findTarget, type Target } from './routes.ts';

/** A request that has been read and written into the journal. */
export interface Recorded {
  params: URLSearchParams;
  credential: Credential;
  target: Target;
  entry: JournalEntry;
  /** Absolute URL without the query. */
  edge: string;
}

const SECRET_PARAMS = ['access_token', 'input_token', 'appsecret_proof'];

/** Reads a request and opens its journal entry, before anything is judged. */
export async function recordRequest(
  request: IncomingMessage,
  url: URL,
  { world, journal, current, connection }: RecordParts,
): Promise<Recorded> {
  const { tokens } = world;
  const method = request.method ?? 'GET';
  const params = await readParams(request, url);
  const credential = readCredential(request, url, params);
  const target = findTarget(method, url.pathname, world, current);
  const inspected = params.get('input_token');
  const entry = journal.open({
    at: world.now().toISOString(),
    method,
    path: url.pathname,
    route: target.route?.name ?? 'unknown',
    version: target.version,
    token: tokens.nameOf(credential.token),
    credential: credential.how,
    proof: judgeProof(params.get('appsecret_proof'), credential.token, tokens.app.secret),
    ...(inspected === null ? {} : { inspected: tokens.nameOf(inspected) }),
    ...(target.accountId === undefined ? {} : { accountId: target.accountId }),
    query: Object.fromEntries([...params].filter(([name]) => !SECRET_PARAMS.includes(name))),
    connection,
  });
  return { params, credential, target, entry, edge: `${url.origin}${url.pathname}` };
}

export interface RecordParts {
  world: World;
  journal: Journal;
  /** The version of a path that names none. */
  current: string;
  connection: number;
}

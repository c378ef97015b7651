import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { badParameter, GraphError } from './graph-error.ts';
import type { JournalEntry } from './journal.ts';
import type { KnownToken, TokenBook } from './tokens.ts';

export interface Credential {
  token: string | undefined;
  how: JournalEntry['credential'];
}

/** The token of a request: `Authorization: Bearer|OAuth`, else `access_token` in the query or body. */
export function readCredential(request: IncomingMessage, url: URL, params: URLSearchParams): Credential {
  const [, scheme, value] = /^(Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (scheme !== undefined && value !== undefined) {
    return { token: value.trim(), how: scheme.toLowerCase() === 'oauth' ? 'oauth' : 'bearer' };
  }
  const named = params.get('access_token');
  if (named === null || named === '') return { token: undefined, how: 'none' };
  return { token: named, how: url.searchParams.has('access_token') ? 'query' : 'body' };
}

/** @throws code 104 without a token, 190 for one that is unknown, revoked or expired */
export function authenticate(token: string | undefined, tokens: TokenBook): KnownToken {
  if (token === undefined) {
    throw new GraphError({ code: 104, message: 'An access token is required to request this resource.' });
  }
  const known = tokens.find(token);
  if (known === undefined) {
    // Graph repeats what it cannot read, token and all.
    const message = /^[\w|.-]+$/.test(token)
      ? 'Invalid OAuth access token - Cannot parse access token'
      : `Malformed access token ${token}`;
    throw new GraphError({ code: 190, message });
  }
  const fault = known.kind === 'user' ? tokens.faultOf(known) : undefined;
  if (fault !== undefined) throw new GraphError(fault);
  return known;
}

/** HMAC-SHA256 of the token with the app's secret, in hex. */
export function appSecretProof(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}

export function judgeProof(
  sent: string | null,
  token: string | undefined,
  appSecret: string,
): JournalEntry['proof'] {
  if (sent === null || sent === '') return 'absent';
  const right = Buffer.from(appSecretProof(token ?? '', appSecret));
  const given = Buffer.from(sent);
  return given.length === right.length && timingSafeEqual(given, right) ? 'valid' : 'invalid';
}

/** @throws code 100 for a wrong proof, or a missing one where the app demands it */
export function checkProof(proof: JournalEntry['proof'], required: boolean): void {
  if (proof === 'invalid') throw badProof('Invalid appsecret_proof provided in the API argument');
  if (proof === 'absent' && required) {
    throw badProof('API calls from the server require an appsecret_proof argument');
  }
}

function badProof(message: string): GraphError {
  const { detail } = badParameter(message);
  return new GraphError({ ...detail, message, type: 'GraphMethodException' });
}

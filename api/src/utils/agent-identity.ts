import type { FacebookSettings } from '../config.ts';
import type { AgentCredentials } from './agent-cache-settings.ts';

/** Whose agent it is, and on which Graph. */
export type AgentIdentity = Pick<
  FacebookSettings,
  'accessToken' | 'adAccountId' | 'appId' | 'appSecret' | 'graphUrl' | 'graphVersion'
>;

/** Differs with each start, so that nobody can choose tokens that meet. */
const SEED = Math.floor(Math.random() * 2 ** 32) | 0;

/** Of these credentials, with what is configured where nothing is said; an account id may carry its `act_`. */
export function identityOf(credentials: AgentCredentials, base: FacebookSettings): AgentIdentity {
  const account = credentials.adAccountId ?? base.adAccountId;
  return {
    accessToken: credentials.accessToken ?? base.accessToken,
    adAccountId: account.startsWith('act_') ? account.slice(4) : account,
    appId: credentials.appId ?? base.appId,
    appSecret: credentials.appSecret ?? base.appSecret,
    graphUrl: base.graphUrl,
    graphVersion: base.graphVersion,
  };
}

/** Whether an agent of the one is an agent of the other. */
export function isSameIdentity(one: AgentIdentity, other: AgentIdentity): boolean {
  return (
    one.accessToken === other.accessToken &&
    one.adAccountId === other.adAccountId &&
    one.appId === other.appId &&
    one.appSecret === other.appSecret &&
    one.graphUrl === other.graphUrl &&
    one.graphVersion === other.graphVersion
  );
}

/**
 * A number of 32 bits for what is not as configured. It says next to nothing of the token, and is no proof: who finds
 * something by it compares. A digest that proves would cost as much as all the rest of a hit.
 */
export function identityKey(identity: AgentIdentity, base: AgentIdentity): number {
  let key = SEED;
  if (identity.accessToken !== base.accessToken) key = mix(key, identity.accessToken);
  if (identity.adAccountId !== base.adAccountId) key = mix(key + 1, identity.adAccountId);
  if (identity.appId !== base.appId) key = mix(key + 2, identity.appId);
  if (identity.appSecret !== base.appSecret) key = mix(key + 3, identity.appSecret);
  return key;
}

/** FNV-1a over both halves of the text at once, which a processor does side by side. */
function mix(seed: number, text: string): number {
  let first = seed | 0;
  let second = ~seed;
  const half = text.length >> 1;
  for (let index = 0, other = half; index < half; index += 1, other += 1) {
    first = Math.imul(first ^ text.charCodeAt(index), 0x01000193);
    second = Math.imul(second ^ text.charCodeAt(other), 0x01000193);
  }
  if (text.length & 1) second = Math.imul(second ^ text.charCodeAt(text.length - 1), 0x01000193);
  first = Math.imul(first ^ (first >>> 15), 0x5bd1e995);
  return Math.imul(first ^ second ^ (second >>> 13), 0x5bd1e995) ^ text.length;
}

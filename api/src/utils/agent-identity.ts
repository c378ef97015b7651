import type { FacebookSettings } from '../config.ts';
import type { AgentCredentials } from './agent-cache-settings.ts';

/** By which application, on which Graph: mostly the configured ones, and then one object for all. */
type Application = Readonly<Pick<FacebookSettings, 'appId' | 'appSecret' | 'graphUrl' | 'graphVersion'>>;

/**
 * Whose agent it is. Made by a constructor since one is made at each hit: literals, of which thousands stay, are put by
 * V8 among what is old at once, and a hit with one costs nearly twice as much.
 */
export class AgentIdentity {
  readonly accessToken: string;
  /** Without its `act_`. */
  readonly adAccountId: string;
  readonly application: Application;

  constructor(accessToken: string, adAccountId: string, application: Application) {
    this.accessToken = accessToken;
    this.adAccountId = adAccountId.startsWith('act_') ? adAccountId.slice(4) : adAccountId;
    this.application = application;
  }
}

/** Differs with each start, so that nobody can choose tokens that meet. */
const SEED = Math.floor(Math.random() * 2 ** 32) | 0;

/** Of what is configured. */
export function configuredIdentity(settings: FacebookSettings): AgentIdentity {
  const { accessToken, adAccountId, appId, appSecret, graphUrl, graphVersion } = settings;
  return new AgentIdentity(accessToken, adAccountId, { appId, appSecret, graphUrl, graphVersion });
}

/**
 * Whether credentials are asked for and one of them is nothing: who has no token must not get the configured one's
 * agent, nor that of others without one.
 */
export function isMissingCredential(credentials: AgentCredentials | undefined): boolean {
  if (credentials === undefined) return false;
  let isEmpty = true;
  for (const name in credentials) {
    const value: unknown = credentials[name as keyof AgentCredentials];
    if (value === undefined || value === null || value === '') return true;
    isEmpty = false;
  }
  return isEmpty;
}

/** Of these credentials, with what is configured where nothing is said; an account id may carry its `act_`. */
export function identityOf(credentials: AgentCredentials, base: AgentIdentity): AgentIdentity {
  const { accessToken, adAccountId, appId, appSecret } = credentials;
  return new AgentIdentity(
    accessToken ?? base.accessToken,
    adAccountId ?? base.adAccountId,
    appId === undefined && appSecret === undefined
      ? base.application
      : {
          ...base.application,
          appId: appId ?? base.application.appId,
          appSecret: appSecret ?? base.application.appSecret,
        },
  );
}

/** The settings of an agent that is this one's, the rest as configured. */
export function settingsFor(
  { accessToken, adAccountId, application }: AgentIdentity,
  settings: FacebookSettings,
): FacebookSettings {
  return { ...settings, ...application, accessToken, adAccountId };
}

/** Whether an agent of the one is an agent of the other. */
export function isSameIdentity(one: AgentIdentity, other: AgentIdentity): boolean {
  return (
    one.accessToken === other.accessToken &&
    one.adAccountId === other.adAccountId &&
    isSameApplication(one.application, other.application)
  );
}

function isSameApplication(one: Application, other: Application): boolean {
  return (
    one === other ||
    (one.appId === other.appId &&
      one.appSecret === other.appSecret &&
      one.graphUrl === other.graphUrl &&
      one.graphVersion === other.graphVersion)
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
  const { appId, appSecret } = identity.application;
  if (appId !== base.application.appId) key = mix(key + 2, appId);
  if (appSecret !== base.application.appSecret) key = mix(key + 3, appSecret);
  return key;
}

/**
 * Where a text lies while it is mixed: its words are read several times faster than its characters. Of one that is
 * longer the first 4,096 characters and the length count.
 */
const bytes = Buffer.alloc(4096);
const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const PRIME = 0x01000193;

/** FNV-1a over both halves of a text's words at once, which a processor does side by side; then the bytes left over. */
function mix(seed: number, text: string): number {
  const length = bytes.write(text, 'latin1');
  const half = length >> 3;
  let first = seed | 0;
  let second = ~seed;
  for (let index = 0, other = half; index < half; index += 1, other += 1) {
    first = Math.imul(first ^ (words[index] as number), PRIME);
    second = Math.imul(second ^ (words[other] as number), PRIME);
    first ^= first >>> 15;
    second ^= second >>> 13;
  }
  for (let index = half * 8; index < length; index += 1)
    first = Math.imul(first ^ (bytes[index] as number), PRIME);
  words.fill(0, 0, (length + 3) >> 2);
  first = Math.imul(first ^ (first >>> 15), 0x5bd1e995);
  return Math.imul(first ^ second ^ (second >>> 13), 0x5bd1e995) ^ text.length;
}

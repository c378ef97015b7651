import type { AgentSession } from '../agents/agent-session.ts';
import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import {
  type AgentCacheSettings,
  type FacebookSettings,
  facebookSettingsReader,
  loadAgentCacheSettings,
  loadFacebookSettings,
} from '../config.ts';
import type { BackoffOptions } from './backoff.ts';

/** Credentials or an ad account other than the configured ones; what is left out is as configured. */
export type AgentCredentials = Partial<
  Pick<FacebookSettings, 'accessToken' | 'adAccountId' | 'appId' | 'appSecret'>
>;

/** What a created agent is given beside its settings. */
export interface AgentContext {
  /** Aborts when the creation is no longer wanted. */
  signal: AbortSignal;
  /** To be called when Facebook refuses the agent's token. */
  onCredentialRefused: () => void;
  /** What an agent of the same credentials has learnt by connecting. */
  session?: AgentSession;
}

/** Makes an agent that is ready for use. */
export type CreateAgent = (settings: FacebookSettings, context: AgentContext) => Promise<FacebookAdsAgent>;

/** Times in seconds. What is left out comes from the environment or from the defaults named here. */
export interface AgentCacheOptions extends Partial<AgentCacheSettings> {
  settings?: FacebookSettings;
  /** Fraction of the reader's TTL after which an agent is replaced in the background. Default 0.8. */
  refreshAhead?: number;
  /** Default 1 to 60. */
  backoff?: BackoffOptions;
  /** Default 30. */
  createTimeout?: number;
  /** Agents of other credentials kept at most. Default 16. */
  maxEntries?: number;
  createAgent?: CreateAgent;
  /** Hears of each `invalidateCache()`, after it: for telling other processes. */
  onInvalidate?: () => void;
}

/** From this fraction of its TTL on an agent is replaced in the background. */
export const REFRESH_AHEAD = 0.8;

const DEFAULTS = {
  refreshAhead: REFRESH_AHEAD,
  backoff: { initial: 1, max: 60 },
  createTimeout: 30,
  maxEntries: 16,
  createAgent: connectAgent,
};

export type ResolvedAgentCacheOptions = typeof DEFAULTS &
  AgentCacheSettings & {
    createAgent: CreateAgent;
    /** Read anew for every creation when the environment is the source. @throws {ConfigError} */
    loadSettings: () => FacebookSettings;
    /** For who asks again and again: the same object while they say the same. @throws {ConfigError} */
    currentSettings: () => FacebookSettings;
  };

/** @throws {ConfigError} when the environment is needed and wrong. */
export function resolveAgentCacheOptions(options: AgentCacheOptions): ResolvedAgentCacheOptions {
  const { settings, ttl, staleFor, keepWarm, ...rest } = withoutUndefined(options);
  const complete = ttl !== undefined && staleFor !== undefined && keepWarm !== undefined;
  const times = complete ? { ttl, staleFor, keepWarm } : loadAgentCacheSettings();
  return {
    ...DEFAULTS,
    ...rest,
    ttl: ttl ?? times.ttl,
    staleFor: staleFor ?? times.staleFor,
    keepWarm: keepWarm ?? times.keepWarm,
    loadSettings: settings ? () => settings : () => loadFacebookSettings(),
    currentSettings: settings ? () => settings : facebookSettingsReader(),
  };
}

/** Not before it is needed: the Facebook SDK behind it is heavy, and the cache alone has no use for it. */
export function loadAgent(): Promise<typeof import('../agents/facebook-ads-agent.ts')> {
  return import('../agents/facebook-ads-agent.ts');
}

/** An agent that has connected, or has been spared it by a session. */
export async function connectAgent(
  settings: FacebookSettings,
  context: AgentContext,
): Promise<FacebookAdsAgent> {
  const { signal, ...options } = context;
  const { FacebookAdsAgent } = await loadAgent();
  const agent = new FacebookAdsAgent(settings, options);
  await agent.connect({ signal });
  return agent;
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}

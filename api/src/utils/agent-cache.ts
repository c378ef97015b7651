import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import type { FacebookSettings } from '../config.ts';
import { isDebugEnabled } from '../observability/logger.ts';
import { isTracing } from '../observability/tracing.ts';
import { logAgentHit, logManualInvalidation } from './agent-cache-log.ts';
import { type AgentCacheReading, registerReading } from './agent-cache-metrics.ts';
import {
  type AgentCacheOptions,
  type AgentCredentials,
  type ResolvedAgentCacheOptions,
  resolveAgentCacheOptions,
} from './agent-cache-settings.ts';
import { AgentEntries } from './agent-entries.ts';
import {
  type AgentIdentity,
  configuredIdentity,
  identityOf,
  isMissingCredential,
  isSameIdentity,
} from './agent-identity.ts';
import {
  accountField,
  AgentEntry,
  agentPolicy,
  type AgentPolicy,
  askTraced,
  isBegunFor,
  isRefused,
  unavailable,
} from './agent-entry.ts';
import { rejected } from './deferred.ts';
import { runDetached } from './detached.ts';
import { FastPath } from './fast-path.ts';

export type {
  AgentCacheOptions,
  AgentContext,
  AgentCredentials,
  CreateAgent,
} from './agent-cache-settings.ts';

/** A reader's view of the process's shared agent, judging its age by a TTL of the reader's own. */
export interface CachedAgentProvider {
  /** @throws {AgentUnavailableError} 503 whose Retry-After is the time of the next try. */
  getAgent(): Promise<FacebookAdsAgent>;
  /** Changes nothing. */
  getStats(): AgentCacheStats;
  /**
   * No call that begins after this gets an agent that was created, or begun, before it. Without
   * credentials of its own, a provider speaks for the whole cache.
   */
  invalidateCache(): void;
}

export interface AgentCacheStats {
  cached: boolean;
  cache_age_seconds: number | null;
  cache_ttl_seconds: number;
  /** Whether an agent is held that is within this reader's TTL. */
  is_valid: boolean;
  creation_count: number;
}

export interface CachedAgentProviderOptions extends AgentCredentials {
  /** The reader's TTL in seconds; by default the configured one. */
  cacheTtl?: number;
}

interface State {
  options: ResolvedAgentCacheOptions;
  policy: AgentPolicy;
  /** The configured credentials' entry: never evicted. */
  primary: AgentEntry;
  others: AgentEntries;
  /** What is configured, by the settings that it was read from. */
  base?: { settings: FacebookSettings; identity: AgentIdentity };
  keepWarmTimer?: NodeJS.Timeout;
  /** Of the last agent that was seen: known also while there is none. */
  credentialExpiresAt?: Date;
}

/** Beyond this a timer fires at once, again and again. */
const LONGEST_TIMER_MS = 2_147_483_647;

let configured: AgentCacheOptions = {};
let state: State | undefined;
/** `state.primary`, one step nearer to the hit path. */
let primary: AgentEntry | undefined;
/** What was counted before the cache was configured anew. */
const gone = { hits: 0, misses: 0, staleServes: 0 };

registerReading(read);

/**
 * The process's shared agent, connected and ready; with `credentials`, the agent for those.
 * @throws {AgentUnavailableError} 503 whose Retry-After is the time of the next try.
 */
export function getFacebookAgent(credentials?: AgentCredentials): Promise<FacebookAdsAgent> {
  const isPlain = credentials === undefined && !isDebugEnabled() && !isTracing();
  if (isPlain && primary !== undefined) return primary.get();
  return getAgentFor(credentials, undefined);
}

/**
 * Lets go of the agent of other credentials: after a logout, or when their token was renewed. The shared agent of the
 * configured ones stays.
 */
export function forgetFacebookAgent(credentials: AgentCredentials): void {
  const entry = isMissingCredential(credentials) ? undefined : findEntry(credentials);
  if (entry === undefined || entry === primary) return;
  entry.invalidate();
  state?.others.delete(entry);
}

/** @throws {RangeError} when `cacheTtl` is negative or no number. */
export function getCachedAgentProvider(options: CachedAgentProviderOptions = {}): CachedAgentProvider {
  const { cacheTtl, ...credentials } = options;
  if (cacheTtl !== undefined && !(cacheTtl >= 0)) throw new RangeError(`cacheTtl cannot be ${cacheTtl}`);
  const whose = Object.keys(credentials).length > 0 ? credentials : undefined;
  return {
    getAgent: () => getAgentFor(whose, cacheTtl),
    getStats: () => statsFor(whose, cacheTtl),
    invalidateCache: () => {
      logManualInvalidation(whose ? accountField(whose) : {});
      for (const entry of whose ? [findEntry(whose)] : allEntries()) entry?.invalidate();
      configured.onInvalidate?.();
    },
  };
}

/** Whether Facebook has refused the configured credentials, and not taken them again since. */
export function isCredentialRefused(): boolean {
  return primary !== undefined && isRefused(primary);
}

/** Drops every agent in this process alone: for an invalidation that came from another one. */
export function dropAgents(): void {
  for (const entry of allEntries()) entry.invalidate();
}

/** Sets what the cache works with, and starts it afresh. What is left out comes from the environment, at first use. */
export function configureAgentCache(options: AgentCacheOptions): void {
  stopAgentCache();
  if (state) remember(state.policy.counts);
  configured = options;
  state = undefined;
  primary = undefined;
}

/**
 * Has the agent created before the first caller needs it, and kept so if the configuration says so.
 * @returns whether there is an agent; a failure has been logged, and the next try is not far.
 */
export async function warmUpAgentCache(): Promise<boolean> {
  const { options, primary: entry } = opened();
  stopAgentCache();
  if (options.keepWarm) {
    // Often enough to fall between the refresh-ahead point and the end of the TTL.
    const period = (options.ttl * (1 - options.refreshAhead)) / 4;
    const milliseconds = Math.min(Math.max(period, 0.05) * 1000, LONGEST_TIMER_MS);
    opened().keepWarmTimer = runDetached(() => setInterval(() => entry.keepWarm(), milliseconds).unref());
  }
  return entry.get().then(
    () => true,
    () => false,
  );
}

/** Stops the keep-warm timer. */
export function stopAgentCache(): void {
  clearInterval(state?.keepWarmTimer);
}

function getAgentFor(credentials: AgentCredentials | undefined, ttl: number | undefined) {
  if (isMissingCredential(credentials))
    return rejected<FacebookAdsAgent>(new TypeError('The credentials hold nothing to tell an agent by'));
  let entry: AgentEntry;
  try {
    entry = useEntry(credentials);
  } catch (error) {
    return rejected<FacebookAdsAgent>(unavailable(error, 0));
  }
  return isDebugEnabled() || isTracing() ? getWatched(entry, ttl ?? opened().options.ttl) : entry.get(ttl);
}

function getWatched(entry: AgentEntry, ttl: number): Promise<FacebookAdsAgent> {
  const ask = () => (isDebugEnabled() ? getAndTell(entry, ttl) : entry.get(ttl));
  return isTracing() ? askTraced(entry, ttl, ask) : ask();
}

function getAndTell(entry: AgentEntry, ttl: number): Promise<FacebookAdsAgent> {
  const before = entry.stats();
  const agent = entry.get(ttl);
  if (entry.stats().hits > before.hits) logAgentHit(before.ageSeconds ?? 0, ttl);
  return agent;
}

function statsFor(credentials: AgentCredentials | undefined, cacheTtl: number | undefined): AgentCacheStats {
  const ttl = cacheTtl ?? opened().options.ttl;
  const stats = findEntry(credentials)?.stats(ttl);
  return {
    cached: stats?.cached ?? false,
    cache_age_seconds: stats?.ageSeconds == null ? null : Math.round(stats.ageSeconds * 1000) / 1000,
    cache_ttl_seconds: ttl,
    is_valid: stats?.state === 'fresh',
    creation_count: stats?.creationCount ?? 0,
  };
}

function opened(): State {
  if (!state) {
    const options = resolveAgentCacheOptions(configured);
    const policy = agentPolicy(options);
    const entry = new AgentEntry({ ...policy, fastPath: new FastPath() }, undefined);
    const others = new AgentEntries(options.maxEntries, (whose) => new AgentEntry(policy, whose));
    state = { options, policy, primary: entry, others };
    primary = entry;
  }
  return state;
}

function useEntry(credentials: AgentCredentials | undefined): AgentEntry {
  const { primary: entry, others } = opened();
  if (!credentials) return entry;
  const base = baseIdentity();
  const identity = identityOf(credentials, base);
  if (!isSameIdentity(identity, base)) return others.use(identity, base);
  // Who names what is configured now must not be given what was configured before.
  if (!isBegunFor(entry, base)) entry.invalidate();
  return entry;
}

function findEntry(credentials: AgentCredentials | undefined): AgentEntry | undefined {
  const { primary: entry, others } = opened();
  if (!credentials) return entry;
  const base = baseIdentity();
  const identity = identityOf(credentials, base);
  return isSameIdentity(identity, base) ? entry : others.peek(identity, base);
}

/** What is configured now. @throws {ConfigError} */
function baseIdentity(): AgentIdentity {
  const current = opened();
  const settings = current.options.currentSettings();
  if (current.base?.settings !== settings)
    current.base = { settings, identity: configuredIdentity(settings) };
  return current.base.identity;
}

function allEntries(): AgentEntry[] {
  return state ? [state.primary, ...state.others.all()] : [];
}

function remember({ hits, misses, staleServes }: AgentPolicy['counts']): void {
  gone.hits += hits;
  gone.misses += misses;
  gone.staleServes += staleServes;
}

/** An agent beyond its TTL and the stale window is held by nobody who asks now. */
function servedAge(): number | null {
  const age = primary?.stats().ageSeconds ?? null;
  if (age === null || !state) return null;
  return age <= state.options.ttl + state.options.staleFor ? age : null;
}

function credentialExpiry(): number | null {
  if (!state) return null;
  const agent = state.primary.peek();
  if (agent) state.credentialExpiresAt = agent.credentialExpiresAt;
  return state.credentialExpiresAt?.getTime() ?? null;
}

/** How often this process gave an agent that was there, and how often a caller had to wait for one. */
export function agentCacheCounts(): { hits: number; misses: number } {
  const { hits, misses } = read();
  return { hits, misses };
}

function read(): AgentCacheReading {
  const entries = allEntries();
  const counts = state?.policy.counts;
  return {
    ageSeconds: servedAge(),
    ttlSeconds: state?.options.ttl ?? null,
    credentialExpiresAt: credentialExpiry(),
    isCredentialRefused: isCredentialRefused(),
    backoffSeconds: Math.max(0, ...entries.map((entry) => entry.backoffSeconds)),
    entries: entries.length,
    waiters: entries.reduce((sum, entry) => sum + entry.waiters, 0),
    hits: gone.hits + (counts?.hits ?? 0),
    misses: gone.misses + (counts?.misses ?? 0),
    staleServes: gone.staleServes + (counts?.staleServes ?? 0),
  };
}

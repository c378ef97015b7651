import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import {
  AgentUnavailableError,
  GraphDownError,
  GraphThrottleError,
  GraphTokenError,
} from '../agents/graph-errors.ts';
import type { FacebookSettings } from '../config.ts';
import { inSpan, tracePosition } from '../observability/tracing.ts';
import { logAgentEvent } from './agent-cache-log.ts';
import { countCreation, countCreationFailure, observeCreation } from './agent-cache-metrics.ts';
import type { ResolvedAgentCacheOptions } from './agent-cache-settings.ts';
import { CachedProvider, type ProviderEvent } from './cached-provider.ts';

export type AgentEntry = CachedProvider<FacebookAdsAgent>;

/** Where in a trace somebody asks just now: agents are created in no request's context, but at its wish. */
let asker: unknown;

/** Asks for an agent as a span, which also holds the creation that it causes. */
export function askTraced(
  entry: AgentEntry,
  ttl: number,
  ask: () => Promise<FacebookAdsAgent>,
): Promise<FacebookAdsAgent> {
  const attributes = {
    'agent.ttl_seconds': ttl,
    'agent.age_seconds': entry.stats(ttl).ageSeconds ?? undefined,
  };
  return inSpan('agent get', attributes, () => {
    asker = tracePosition();
    try {
      return ask();
    } finally {
      asker = undefined;
    }
  });
}

/** @param fields go on every log line of this entry. */
export function createAgentEntry(
  options: ResolvedAgentCacheOptions,
  loadSettings: () => FacebookSettings,
  fields: Record<string, string> = {},
): AgentEntry {
  const { ttl, staleFor, refreshAhead, backoff, createTimeout, createAgent } = options;
  const entry: AgentEntry = new CachedProvider({
    create: async ({ signal }) => {
      let agent: FacebookAdsAgent | undefined;
      // Only the agent that is held can be dropped by a refusal, so many refusals drop it once.
      const onCredentialRefused = () => agent && entry.discard(agent);
      const create = () => createAgent(loadSettings(), { signal, onCredentialRefused });
      agent = await inSpan('agent create', {}, create, asker);
      return agent;
    },
    ttl,
    staleFor,
    refreshAhead,
    backoff,
    createTimeout,
    madeAt: (agent) => agent.session?.validatedAt,
    expiresAt: (agent) => agent.credentialExpiresAt,
    isFatal: (error) => reasonOf(error) instanceof GraphTokenError,
    retryAfter: requestedWait,
    toCallerError: unavailable,
    onEvent: (event) => {
      noteRefusal(entry, event);
      count(event);
      logAgentEvent(event, fields);
    },
  });
  return entry;
}

const refused = new WeakSet<AgentEntry>();

/** Whether Facebook refused the entry's credentials last. */
export function isRefused(entry: AgentEntry): boolean {
  return refused.has(entry);
}

function noteRefusal(entry: AgentEntry, event: ProviderEvent<FacebookAdsAgent>): void {
  const isRefusal =
    (event.type === 'failed' && reasonOf(event.error) instanceof GraphTokenError) ||
    (event.type === 'retired' && event.reason === 'refused');
  if (isRefusal) refused.add(entry);
  if (event.type === 'created') refused.delete(entry);
}

/** The error that callers get, whose Retry-After is the time of the next try. */
export function unavailable(error: unknown, retryInSeconds: number): AgentUnavailableError {
  const wait = String(Math.max(1, Math.ceil(retryInSeconds)));
  return new AgentUnavailableError({ cause: reasonOf(error), headers: { 'Retry-After': wait } });
}

function requestedWait(error: unknown): number | undefined {
  const reason = reasonOf(error);
  const asks = reason instanceof GraphThrottleError || reason instanceof GraphDownError;
  return asks ? reason.retryAfterSeconds : undefined;
}

function reasonOf(error: unknown): unknown {
  return error instanceof AgentUnavailableError ? (error.cause ?? error) : error;
}

function count(event: ProviderEvent<FacebookAdsAgent>): void {
  if (event.type === 'creating') countCreation(event.cause);
  if (event.type === 'created') observeCreation(event.durationSeconds);
  if (event.type === 'failed') countCreationFailure();
}

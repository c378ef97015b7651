import type { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';
import {
  AgentUnavailableError,
  GraphDownError,
  GraphThrottleError,
  GraphTokenError,
} from '../agents/graph-errors.ts';
import { inSpan, tracePosition } from '../observability/tracing.ts';
import { logAgentEvent } from './agent-cache-log.ts';
import { countCreation, countCreationFailure, observeCreation } from './agent-cache-metrics.ts';
import type { ResolvedAgentCacheOptions } from './agent-cache-settings.ts';
import { type AgentIdentity, configuredIdentity, isSameIdentity, settingsFor } from './agent-identity.ts';
import type { ProviderEvent } from './cached-provider-options.ts';
import { HeldValue, policyOf, type ValuePolicy } from './held-value.ts';

/** Whose agent an entry holds; undefined for what is configured, whatever that is. */
type Subject = AgentIdentity | undefined;

/** What all entries have in common. */
export type AgentPolicy = ValuePolicy<FacebookAdsAgent, Subject>;

type HeldAgent = HeldValue<FacebookAdsAgent, Subject>;

/** The agent of one set of credentials. */
export class AgentEntry extends HeldValue<FacebookAdsAgent, Subject> {
  /** The higher, the more recently it was asked for. */
  usedAt = 0;
}

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

export function agentPolicy(options: ResolvedAgentCacheOptions): AgentPolicy {
  const { ttl, staleFor, refreshAhead, backoff, createTimeout, createAgent, loadSettings } = options;
  return policyOf({
    create: async ({ signal, refuse }, entry) => {
      const { subject } = entry;
      const context = { signal, onCredentialRefused: refuse };
      const settings = loadSettings();
      if (!subject) begunFor.set(entry, configuredIdentity(settings));
      const create = () => createAgent(subject ? settingsFor(subject, settings) : { ...settings }, context);
      return inSpan('agent create', {}, create, asker);
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
    onEvent: (event, entry) => {
      noteRefusal(entry, event);
      count(event);
      logAgentEvent(event, accountField(entry.subject));
    },
  });
}

/** Says on a log line whose agent it is, when not the configured one. */
export function accountField(subject: { adAccountId?: string } | undefined): Record<string, string> {
  return subject?.adAccountId ? { ad_account_id: subject.adAccountId } : {};
}

/** What was configured when the shared agent was begun the last time. */
const begunFor = new WeakMap<HeldAgent, AgentIdentity>();

/** Whether the shared agent, if there is one or one to come, is one of these credentials. */
export function isBegunFor(entry: HeldAgent, identity: AgentIdentity): boolean {
  const own = begunFor.get(entry);
  return own === undefined || isSameIdentity(own, identity);
}

const refused = new WeakSet<HeldAgent>();

/** Whether Facebook refused the entry's credentials last. */
export function isRefused(entry: HeldAgent): boolean {
  return refused.has(entry);
}

function noteRefusal(entry: HeldAgent, event: ProviderEvent<FacebookAdsAgent>): void {
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

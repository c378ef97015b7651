import { Counter, Gauge, Histogram } from 'prom-client';
import { registry } from '../observability/prometheus.ts';
import type { CreationCause } from './cached-provider.ts';

/** What the cache counts by itself; read when Prometheus asks, so that a hit pays for an integer only. */
export interface AgentCacheReading {
  /** Age of the configured credentials' agent; null without one that may be served. */
  ageSeconds: number | null;
  /** The configured TTL, within which an agent is fresh to those who name none of their own. */
  ttlSeconds: number | null;
  /** When the configured credential stops to be good, milliseconds since 1970; null for never, or not known yet. */
  credentialExpiresAt: number | null;
  /** Whether Facebook has refused it, and not taken it since. */
  isCredentialRefused: boolean;
  /** Seconds until the next creation is allowed; 0 when not backing off. */
  backoffSeconds: number;
  entries: number;
  waiters: number;
  hits: number;
  misses: number;
  staleServes: number;
}

const registers = [registry];

const creationMilliseconds = new Histogram({
  name: 'facebook_agent_creation_time_ms',
  help: 'Time to create a FacebookAdsAgent in milliseconds',
  buckets: [50, 100, 200, 300, 400, 500, 750, 1000, 2500, 5000, 10_000, 30_000],
  registers,
});

const creationSeconds = new Histogram({
  name: 'facebook_agent_creation_duration_seconds',
  help: 'Time to create a FacebookAdsAgent in seconds',
  buckets: [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 10, 30],
  registers,
});

const creations = new Counter({
  name: 'facebook_agent_creations_total',
  help: 'Agent creations begun, by cause: nothing held yet, replacement of a held agent, after an invalidation',
  labelNames: ['cause'],
  registers,
});

const failures = new Counter({
  name: 'facebook_agent_creation_failures_total',
  help: 'Agent creations that failed or ran out of time',
  registers,
});

for (const cause of ['cold', 'refresh', 'invalidate']) creations.inc({ cause }, 0);

export function countCreation(cause: CreationCause): void {
  creations.inc({ cause });
}

export function countCreationFailure(): void {
  failures.inc();
}

export function observeCreation(seconds: number): void {
  creationMilliseconds.observe(seconds * 1000);
  creationSeconds.observe(seconds);
}

/** Registers the instruments that are read at scrape time. Call once. */
export function registerReading(read: () => AgentCacheReading): void {
  const age = 'Age of the cached agent; absent without one that may be served';
  gauge('facebook_agent_cache_age_seconds', age, () => read().ageSeconds);
  const ttl = 'Configured TTL of an agent; absent before the first is asked for';
  gauge('facebook_agent_cache_ttl_seconds', ttl, () => read().ttlSeconds);
  gauge(
    'facebook_credential_expiry_timestamp_seconds',
    'Unix time at which the configured credential stops to be good; absent for one that never does, and before the first agent',
    () => inSeconds(read().credentialExpiresAt),
  );
  gauge(
    'facebook_credential_refused',
    '1 while the last word of Facebook on the configured credential is that it is refused, else 0',
    () => Number(read().isCredentialRefused),
  );
  gauge('facebook_agent_cache_backoff_seconds', 'Seconds until the next creation is allowed', () => {
    return read().backoffSeconds;
  });
  gauge('facebook_agent_cache_entries', 'Sets of credentials with an entry', () => read().entries);
  gauge('facebook_agent_cache_waiters', 'Callers waiting for an agent to be created', () => read().waiters);
  counter('facebook_agent_cache_hits_total', 'Calls answered with a cached agent', () => read().hits);
  counter('facebook_agent_cache_misses_total', 'Calls that found no agent to serve', () => read().misses);
  counter('facebook_agent_cache_stale_serves_total', 'Hits older than their TTL', () => read().staleServes);
}

function inSeconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1000;
}

function gauge(name: string, help: string, read: () => number | null): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.remove();
      const value = read();
      if (value !== null) this.set(value);
    },
  });
}

function counter(name: string, help: string, read: () => number): void {
  new Counter({
    name,
    help,
    registers,
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

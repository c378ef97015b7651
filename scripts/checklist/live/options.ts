/** How to look at a running deployment. */
export interface LiveOptions {
  /** Base address without a trailing slash. */
  url: string;
  /** Bearer token for the path and the health endpoint; never printed. */
  token?: string;
  /** A path that takes an agent. */
  path: string;
  /** Where the cache tells of itself. */
  healthPath: string;
  /** Where the metrics are, an address of their own; by default `/metrics` below the base. */
  metricsUrl?: string;
  /** Bearer token for metrics at another origin; never printed. */
  metricsToken?: string;
  /** Concurrent requests; then half as many one after another, and as many. */
  requests: number;
  timeoutSeconds: number;
}

export const HEALTH_PATH = '/health/agent-cache';
export const METRICS_PATH = '/metrics';
export const HITS_METRIC = 'facebook_agent_cache_hits_total';
export const MISSES_METRIC = 'facebook_agent_cache_misses_total';
export const START_METRIC = 'process_start_time_seconds';

/** How to look at a running deployment. */
export interface LiveOptions {
  /** Base address without a trailing slash. */
  url: string;
  /** Bearer token for the path and the health endpoint; never printed. */
  token?: string;
  /** A path that takes an agent. */
  path: string;
  /** Concurrent requests, and as many one after another. */
  requests: number;
  timeoutSeconds: number;
}

export const HEALTH_PATH = '/health/agent-cache';
export const METRICS_PATH = '/metrics';
export const HITS_METRIC = 'facebook_agent_cache_hits_total';

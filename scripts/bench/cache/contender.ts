import type { FacebookAdsAgent } from '../../../api/src/agents/facebook-ads-agent.ts';

export type Creation<T> = () => Promise<T>;

/** Seconds. */
export interface Times {
  ttl: number;
  staleFor: number;
}

export interface OpenCache {
  get: () => Promise<unknown>;
  close: () => void;
}

/** One cache in the comparison, set up for one value that is dear to create. */
export interface Contender {
  name: string;
  open(create: Creation<FacebookAdsAgent>, times: Times): Promise<OpenCache>;
}

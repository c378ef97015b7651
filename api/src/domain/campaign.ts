import type { Insights } from './insights.ts';
import type { Results } from './results.ts';

export type { Insights } from './insights.ts';

/** The statuses by which Facebook lists campaigns. */
export const LISTED_STATUSES = ['ACTIVE', 'PAUSED', 'ARCHIVED'] as const;

export type ListedStatus = (typeof LISTED_STATUSES)[number];

/** What deleted campaigns delivered can be asked for; they themselves are listed no more. */
export type CampaignStatus = ListedStatus | 'DELETED';

/** A campaign as this API answers it: Graph's field names, ids as strings, money as numbers. */
export interface Campaign {
  id: string;
  name: string;
  status: string;
  effective_status: string;
  objective: string | null;
  /** Major units of the account's currency (Graph sends minor units). */
  daily_budget: number | null;
  /** Major units of the account's currency. */
  lifetime_budget: number | null;
  /** Of a lifetime budget what is not spent yet, major units; null where Graph does not say. */
  budget_remaining: number | null;
  /** Null for none. */
  start_time: string | null;
  /** When it ends, or has ended; null for none. */
  stop_time: string | null;
  created_time: string;
  updated_time: string;
}

/** `insights` is null when the campaign delivered nothing in the period. */
export interface CampaignWithInsights extends Campaign {
  insights: Insights | null;
  /** What it came to by its objective; null without delivery. */
  results?: Results | null;
}

export const CAMPAIGN_STATUSES = ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED'] as const;

export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

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
  created_time: string;
  updated_time: string;
}

/** Delivery over a period. Rates that have no denominator are null, never zero. */
export interface Insights {
  date_start: string;
  date_stop: string;
  impressions: number;
  clicks: number;
  reach: number;
  /** Major units of the account's currency. */
  spend: number;
  /** Clicks per 100 impressions. */
  ctr: number | null;
  /** Spend per click. */
  cpc: number | null;
  /** Spend per 1,000 impressions. */
  cpm: number | null;
  /** Purchases, each counted once. */
  conversions: number;
  /** Value of the purchases, major units. */
  revenue: number;
  /** Spend per conversion. */
  cpa: number | null;
  /** Revenue per unit of spend. */
  roas: number | null;
}

/** `insights` is null when the campaign delivered nothing in the period. */
export interface CampaignWithInsights extends Campaign {
  insights: Insights | null;
}

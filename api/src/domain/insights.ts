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

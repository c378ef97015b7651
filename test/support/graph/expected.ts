import type { DateRange } from '../../../api/src/domain/period.ts';
import type { Sums } from './sums.ts';

/** Plain numbers, money in major units; rates are null where their denominator is zero. */
export interface ExpectedInsights {
  date_start: string;
  date_stop: string;
  impressions: number;
  clicks: number;
  reach: number;
  spend: number;
  purchases: number;
  revenue: number;
  /** Clicks per 100 impressions. */
  ctr: number | null;
  cpc: number | null;
  /** Spend per 1,000 impressions. */
  cpm: number | null;
  /** Spend per purchase. */
  cpa: number | null;
  /** Revenue per unit of spend. */
  roas: number | null;
}

/** @param offset minor units in a major unit */
export function expectedFrom(sums: Sums, { since, until }: DateRange, offset: number): ExpectedInsights {
  const { impressions, clicks, reach, purchases } = sums;
  const spend = sums.spend / offset;
  const revenue = sums.revenue / offset;
  return {
    date_start: since,
    date_stop: until,
    impressions,
    clicks,
    reach,
    spend,
    purchases,
    revenue,
    ctr: ratio(clicks * 100, impressions),
    cpc: ratio(spend, clicks),
    cpm: ratio(spend * 1000, impressions),
    cpa: ratio(spend, purchases),
    roas: ratio(revenue, spend),
  };
}

function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}

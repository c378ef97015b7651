import type { Insights } from '../domain/campaign.ts';

/** Delivery summed up. Money in major units; rates without a denominator are null. */
export interface DeliveryTotals {
  spend: number;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: number;
  /** Clicks per 100 impressions. */
  ctr: number | null;
  /** Spend per click. */
  cpc: number | null;
  /** Spend per conversion. */
  cpa: number | null;
  /** Revenue per unit of spend. */
  roas: number | null;
}

/** Sums counts and money, and derives the rates from the sums: a mean of rates would be wrong. */
export function sumDelivery(rows: readonly (Insights | null)[]): DeliveryTotals {
  const sum = (field: 'spend' | 'impressions' | 'clicks' | 'conversions' | 'revenue') =>
    rows.reduce((total, row) => total + (row?.[field] ?? 0), 0);
  const spend = round(sum('spend'), 2);
  const revenue = round(sum('revenue'), 2);
  const impressions = sum('impressions');
  const clicks = sum('clicks');
  const conversions = sum('conversions');
  return {
    spend,
    impressions,
    clicks,
    conversions,
    revenue,
    ctr: ratio(100 * clicks, impressions),
    cpc: ratio(spend, clicks),
    cpa: ratio(spend, conversions),
    roas: ratio(revenue, spend),
  };
}

/** The quotient with Graph's six decimals; null without a denominator. */
export function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : round(numerator / denominator, 6);
}

export function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}

import type { DeliveryTotals } from './totals.ts';

export interface ScoredMetric {
  metric: 'ctr' | 'cpc' | 'cpa' | 'roas';
  weight: number;
  /** The value worth nothing; between it and `full` the points grow in a straight line. */
  zero: number;
  /** The value worth all points. */
  full: number;
}

/**
 * How each metric is judged.
 *
 * - ctr: the automation's default threshold (1 %) is worth half of the points, twice that all of
 *   them: published averages are 1.5 % (traffic) to 2.5 % (leads).
 * - cpa: the same, around the default threshold of 50: all points at 25, none from 75 on.
 * - roas: below 1 the campaign loses money on its purchases; 4 is a common target of online shops.
 * - cpc: a click for 0.50 is cheap and one for 2.50 dear beside the published averages of 0.83
 *   (traffic) to 1.92 (leads), USD.
 *
 * Averages: WordStream's Facebook ads benchmarks, as quoted in 2026. The rest is this project's judgement.
 * Amounts are compared as they are, whatever the account's currency: an account in a currency of
 * another size (CLP, JPY) needs a scale of its own.
 *
 * What a purchase costs and brings (cpa, roas) weighs more than how cheaply people click: clicks
 * are the means, purchases the end.
 */
export const SALES_SCALE: readonly ScoredMetric[] = [
  { metric: 'ctr', weight: 30, zero: 0, full: 2 },
  { metric: 'cpa', weight: 30, zero: 75, full: 25 },
  { metric: 'roas', weight: 25, zero: 0, full: 4 },
  { metric: 'cpc', weight: 15, zero: 2.5, full: 0.5 },
];

/** For campaigns whose aim is not a purchase: no purchase is no fault of theirs. */
export const CLICK_SCALE: readonly ScoredMetric[] = SALES_SCALE.filter(
  ({ metric }) => metric === 'ctr' || metric === 'cpc',
);

export type Rating = 'excellent' | 'good' | 'average' | 'poor';

/** The first row whose `from` the score reaches. */
export const RATINGS: readonly { rating: Rating; from: number }[] = [
  { rating: 'excellent', from: 80 },
  { rating: 'good', from: 60 },
  { rating: 'average', from: 40 },
  { rating: 'poor', from: 0 },
];

/**
 * The rate that a metric is judged by. Without a denominator a rate counts as the worst there is,
 * but for revenue that cost nothing.
 */
export function judgedValue(metric: ScoredMetric['metric'], delivery: DeliveryTotals): number {
  const value = delivery[metric];
  if (value !== null) return value;
  const worst = metric === 'roas' || metric === 'ctr' ? 0 : Number.POSITIVE_INFINITY;
  return metric === 'roas' && delivery.revenue > 0 ? Number.POSITIVE_INFINITY : worst;
}

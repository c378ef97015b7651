import type { Aim } from '../domain/objective.ts';
import type { DeliveryTotals } from './totals.ts';

/** The rates that campaigns are judged by; null without a denominator. */
export interface JudgedRates extends Pick<DeliveryTotals, 'ctr' | 'cpc' | 'cpa' | 'roas' | 'revenue'> {
  /** Spend per 1,000 impressions. */
  cpm: number | null;
  /** Spend per 1,000 people who were reached. */
  costPerReach: number | null;
}

export interface ScoredMetric {
  metric: Exclude<keyof JudgedRates, 'revenue'>;
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
 * - cpm: published averages lie between 5 and 15, USD; ten times the cheapest is worth nothing.
 * - costPerReach: twice as much, since people are shown a campaign about twice in a month.
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

/**
 * For campaigns that are to be seen: whom they reach at which price. Clicks are not what they are made for, and few
 * clicks at a high price each are no fault of theirs.
 */
export const REACH_SCALE: readonly ScoredMetric[] = [
  { metric: 'cpm', weight: 50, zero: 50, full: 5 },
  { metric: 'costPerReach', weight: 50, zero: 100, full: 10 },
];

/** The scale of what a campaign is made for. */
export function scaleOf(aim: Aim): readonly ScoredMetric[] {
  if (aim === 'sales') return SALES_SCALE;
  return aim === 'awareness' ? REACH_SCALE : CLICK_SCALE;
}

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
export function judgedValue(metric: ScoredMetric['metric'], delivery: JudgedRates): number {
  const value = delivery[metric];
  if (value !== null) return value;
  const worst = metric === 'roas' || metric === 'ctr' ? 0 : Number.POSITIVE_INFINITY;
  return metric === 'roas' && delivery.revenue > 0 ? Number.POSITIVE_INFINITY : worst;
}

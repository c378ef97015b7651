import type { Insights } from '../domain/campaign.ts';
import type { DatePreset } from '../domain/period.ts';
import { type DeliveryTotals, round, sumDelivery } from './totals.ts';

/** The compared periods, each held by the next one. All end yesterday. */
export const TREND_PERIODS = [
  { days: 7, preset: 'last_7d' },
  { days: 14, preset: 'last_14d' },
  { days: 30, preset: 'last_30d' },
] as const satisfies readonly { days: number; preset: DatePreset }[];

const DAILY_METRICS = ['spend', 'impressions', 'clicks', 'conversions', 'revenue'] as const;
const RATE_METRICS = ['ctr', 'cpc', 'cpa', 'roas'] as const;

export type DailyAverages = Record<(typeof DAILY_METRICS)[number], number>;
export type Change = Record<(typeof DAILY_METRICS | typeof RATE_METRICS)[number], number | null>;

export interface Trend {
  days: number;
  date_preset: DatePreset;
  totals: DeliveryTotals;
  /** Totals over the number of days of the period, days without delivery included. */
  daily_average: DailyAverages;
  /**
   * Per cent against the next longer period (daily averages and rates); null for the longest, and
   * per metric where that period has no value to compare with.
   */
  change: Change | null;
}

/**
 * How the last weeks compare.
 * @param insights of the account, one per row of `TREND_PERIODS`; null where nothing delivered
 */
export function summarizeTrends(insights: readonly (Insights | null)[]): Trend[] {
  const trends = TREND_PERIODS.map(({ days, preset }, index) => {
    const totals = sumDelivery([insights[index] ?? null]);
    return { days, date_preset: preset, totals, daily_average: averagePerDay(totals, days) };
  });
  return trends.map((trend, index) => {
    const longer = trends[index + 1];
    return { ...trend, change: longer ? compare(trend, longer) : null };
  });
}

type Summary = Pick<Trend, 'totals' | 'daily_average'>;

function averagePerDay(totals: DeliveryTotals, days: number): DailyAverages {
  const average = (metric: (typeof DAILY_METRICS)[number]) => round(totals[metric] / days, 2);
  return {
    spend: average('spend'),
    impressions: average('impressions'),
    clicks: average('clicks'),
    conversions: average('conversions'),
    revenue: average('revenue'),
  };
}

function compare(current: Summary, base: Summary): Change {
  const values = ({ totals, daily_average }: Summary) => ({ ...totals, ...daily_average });
  const [now, before] = [values(current), values(base)];
  const change = (metric: keyof Change) => percentChange(now[metric], before[metric]);
  return {
    spend: change('spend'),
    impressions: change('impressions'),
    clicks: change('clicks'),
    conversions: change('conversions'),
    revenue: change('revenue'),
    ctr: change('ctr'),
    cpc: change('cpc'),
    cpa: change('cpa'),
    roas: change('roas'),
  };
}

function percentChange(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : round((100 * (now - before)) / before, 2);
}

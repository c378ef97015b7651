import type { Insights } from '../domain/insights.ts';
import type { ActionCounts } from '../domain/results.ts';

/** The insights fields that `toInsights` reads. */
export const INSIGHTS_FIELDS = [
  'date_start',
  'date_stop',
  'impressions',
  'clicks',
  'reach',
  'spend',
  'actions',
  'action_values',
] as const;

/**
 * Names of a purchase, best first: those before hold those behind. Graph reports the same purchase under several of
 * them at once, so exactly one is read.
 */
const PURCHASE_TYPES = [
  'omni_purchase',
  'purchase',
  'web_app_in_store_purchase',
  'web_in_store_purchase',
  'onsite_web_app_purchase',
  'onsite_web_purchase',
  'offsite_conversion.fb_pixel_purchase',
  'onsite_conversion.purchase',
  'onsite_app_purchase',
  'app_custom_event.fb_mobile_purchase',
  'offline_conversion.purchase',
];

export interface InsightsRow {
  account_id?: unknown;
  campaign_id?: unknown;
  ad_id?: unknown;
  campaign_name?: unknown;
  objective?: unknown;
  date_start?: string;
  date_stop?: string;
  impressions?: unknown;
  clicks?: unknown;
  reach?: unknown;
  spend?: unknown;
  actions?: unknown;
  action_values?: unknown;
}

interface Action {
  action_type?: string;
  value?: unknown;
}

/** Delivery figures from Graph's row, whose numbers are strings; what Graph leaves out is zero. */
export function toInsights(row: InsightsRow): Insights {
  const counts = {
    impressions: number(row.impressions),
    clicks: number(row.clicks),
    reach: number(row.reach),
    spend: number(row.spend),
    conversions: purchases(row.actions),
    revenue: purchases(row.action_values),
  };
  return withRates({ date_start: row.date_start ?? '', date_stop: row.date_stop ?? '', ...counts });
}

type Counts = Omit<Insights, 'ctr' | 'cpc' | 'cpm' | 'cpa' | 'roas'>;

function withRates(counts: Counts): Insights {
  const { date_start, date_stop, impressions, clicks, reach, spend, conversions, revenue } = counts;
  return {
    date_start,
    date_stop,
    impressions,
    clicks,
    reach,
    spend,
    ctr: impressions > 0 ? (clicks * 100) / impressions : null,
    cpc: clicks > 0 ? spend / clicks : null,
    cpm: impressions > 0 ? (spend * 1000) / impressions : null,
    conversions,
    revenue,
    cpa: conversions > 0 ? spend / conversions : null,
    roas: spend > 0 ? revenue / spend : null,
  };
}

/** How often each action of a row happened. */
export function actionCounts({ actions }: InsightsRow): ActionCounts {
  const rows = Array.isArray(actions) ? (actions as Action[]) : [];
  return new Map(rows.map((action) => [action?.action_type ?? '', number(action?.value)]));
}

/**
 * One row of two that follow each other. What was counted adds up; people reached in both parts were counted twice,
 * so of reach only the larger is kept: it was at least so many.
 */
export function joinRows(first: InsightsRow, second: InsightsRow): InsightsRow {
  const sum = (name: 'impressions' | 'clicks' | 'spend') =>
    String(Math.round((number(first[name]) + number(second[name])) * 1e6) / 1e6);
  return {
    ...second,
    ...first,
    date_start: (first.date_start ?? '') < (second.date_start ?? '') ? first.date_start : second.date_start,
    date_stop: (first.date_stop ?? '') > (second.date_stop ?? '') ? first.date_stop : second.date_stop,
    impressions: sum('impressions'),
    clicks: sum('clicks'),
    spend: sum('spend'),
    reach: String(Math.max(number(first.reach), number(second.reach))),
    actions: joinActions(first.actions, second.actions),
    action_values: joinActions(first.action_values, second.action_values),
  };
}

function joinActions(first: unknown, second: unknown): Action[] {
  const sums = new Map<string, number>();
  for (const list of [first, second]) {
    for (const { action_type = '', value } of Array.isArray(list) ? (list as Action[]) : []) {
      sums.set(action_type, (sums.get(action_type) ?? 0) + number(value));
    }
  }
  return [...sums].map(([action_type, value]) => ({
    action_type,
    value: String(Math.round(value * 1e6) / 1e6),
  }));
}

function purchases(actions: unknown): number {
  if (!Array.isArray(actions)) return 0;
  let best = PURCHASE_TYPES.length;
  let value: unknown;
  for (const action of actions as Action[]) {
    const rank = PURCHASE_TYPES.indexOf(action?.action_type ?? '');
    if (rank < 0 || rank >= best) continue;
    best = rank;
    value = action.value;
  }
  return number(value);
}

function number(value: unknown): number {
  if (value === undefined || value === null) return 0;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : 0;
}

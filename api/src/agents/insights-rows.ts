import type { Insights } from '../domain/campaign.ts';

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
 * Names of a purchase, best first. Graph reports the same purchase under several of them at once,
 * so exactly one is read.
 */
const PURCHASE_TYPES = ['omni_purchase', 'purchase', 'offsite_conversion.fb_pixel_purchase'];

export interface InsightsRow {
  account_id?: unknown;
  campaign_id?: unknown;
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
  const impressions = number(row.impressions);
  const clicks = number(row.clicks);
  const spend = number(row.spend);
  const conversions = purchases(row.actions);
  const revenue = purchases(row.action_values);
  return {
    date_start: row.date_start ?? '',
    date_stop: row.date_stop ?? '',
    impressions,
    clicks,
    reach: number(row.reach),
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

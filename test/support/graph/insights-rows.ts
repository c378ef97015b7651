import type { DateRange } from '../../../api/src/domain/period.ts';
import type { DayCell, SeededAccount, SeededAd, SeededCampaign } from './data-types.ts';
import { type Sums, sumCells } from './sums.ts';

/** Whom a row is about; what it does not have is left out of the row. */
export interface RowSubject {
  account: SeededAccount;
  campaign?: SeededCampaign;
  ad?: SeededAd;
}

export type InsightsRow = Record<string, unknown>;

/**
 * One row as Graph writes it: every number a string, money in major units, what is zero and rates
 * without a denominator left out. Undefined when nothing was delivered.
 */
export function insightsRow(
  subject: RowSubject,
  cells: Iterable<DayCell>,
  range: DateRange,
): InsightsRow | undefined {
  const sums = sumCells(cells);
  if (sums === undefined) return undefined;
  const { account, campaign, ad } = subject;
  return {
    account_id: account.id,
    account_name: account.name,
    account_currency: account.currency,
    campaign_id: campaign?.id,
    campaign_name: campaign?.name,
    objective: campaign?.objective,
    adset_id: ad?.adsetId,
    ad_id: ad?.id,
    ad_name: ad?.name,
    ...deliveryFields(sums, account.offset),
    ...actionFields(sums, account),
    date_start: range.since,
    date_stop: range.until,
  };
}

function deliveryFields(sums: Sums, offset: number): InsightsRow {
  const spend = sums.spend / offset;
  return {
    impressions: String(sums.impressions),
    clicks: count(sums.clicks),
    unique_clicks: count(Math.ceil(sums.clicks * 0.9)),
    inline_link_clicks: count(sums.linkClicks),
    reach: count(sums.reach),
    frequency: rate(sums.impressions, sums.reach),
    spend: sums.spend === 0 ? undefined : money(sums.spend, offset),
    ctr: sums.clicks === 0 ? undefined : rate(sums.clicks * 100, sums.impressions),
    cpc: rate(spend, sums.clicks),
    cpm: rate(spend * 1000, sums.impressions),
    cpp: rate(spend * 1000, sums.reach),
  };
}

/** The same purchases stand under several action types; adding them up counts them twice. */
function actionFields(sums: Sums, { tenant, offset }: SeededAccount): InsightsRow {
  const counts: [type: string, count: number][] = [
    ['link_click', sums.linkClicks],
    ['post_engagement', sums.clicks],
    ['add_to_cart', sums.cartAdditions],
    ['offsite_conversion.fb_pixel_add_to_cart', sums.cartAdditions],
    ['lead', sums.leads],
    ['onsite_conversion.lead_grouped', sums.leads],
    ...tenant.purchaseActions.map((type): [string, number] => [type, sums.purchases]),
  ];
  const present = counts.filter(([, count]) => count > 0);
  const spend = sums.spend / offset;
  const bought = sums.purchases > 0 ? tenant.purchaseActions : [];
  const values = bought.map((type) => ({ action_type: type, value: money(sums.revenue, offset) }));
  const roas = rate(sums.revenue / offset, spend);
  return {
    actions: optional(present.map(([type, count]) => ({ action_type: type, value: String(count) }))),
    action_values: optional(values),
    cost_per_action_type: optional(
      present.map(([type, count]) => ({ action_type: type, value: rate(spend, count) })),
    ),
    purchase_roas: optional(bought.slice(0, 1).map((type) => ({ action_type: type, value: roas }))),
  };
}

function count(value: number): string | undefined {
  return value === 0 ? undefined : String(value);
}

function optional<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** `12.3` is "12.3" and 12 is "12", as Graph prints money. */
function money(minor: number, offset: number): string {
  return String(minor / offset);
}

function rate(numerator: number, denominator: number): string | undefined {
  return denominator === 0 ? undefined : String(Number((numerator / denominator).toFixed(6)));
}

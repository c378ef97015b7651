import { isActive, type Moment } from '../domain/activity.ts';
import type { AccountFacts } from '../domain/account.ts';
import type { Campaign, CampaignStatus, CampaignWithInsights } from '../domain/campaign.ts';
import { budgetUnitsPerCurrencyUnit } from '../domain/currency.ts';
import type { Period } from '../domain/period.ts';
import { resultsOf } from '../domain/results.ts';
import { CAMPAIGN_FIELDS, type CampaignRow, deletedCampaign, toCampaign } from './campaign-rows.ts';
import type { GraphReads } from './graph-reads.ts';
import { actionCounts, INSIGHTS_FIELDS, type InsightsRow, toInsights } from './insights-rows.ts';

export type At = Moment & { account: AccountFacts };

/**
 * Every status that a campaign can have. Insights leave archived and deleted campaigns out unless they are named,
 * while the totals of the account hold them.
 */
const ALL_STATUSES = ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED', 'IN_PROCESS', 'WITH_ISSUES'];
/** Ids in one filter: what fits into a URL. */
const IDS_AT_ONCE = 50;

/**
 * @param status Graph's own; all but archived and deleted ones when left out
 * @param activeOnly of those with status `ACTIVE`, the ones that can deliver now: see `isActive`
 * @param limit how many at most, over all pages
 */
export async function readCampaigns(
  reads: GraphReads,
  at: At,
  { status, limit, activeOnly = false }: { status?: CampaignStatus; limit?: number; activeOnly?: boolean },
): Promise<Campaign[]> {
  if (status === 'DELETED') return [];
  const units = budgetUnitsPerCurrencyUnit(at.account.currency);
  const keep = activeOnly ? (row: unknown) => isActive(toCampaign(row as CampaignRow, units), at) : undefined;
  const params = { fields: CAMPAIGN_FIELDS.join(','), effective_status: status && [status] };
  const rows = await reads.rows([reads.accountPath, 'campaigns'], params, { limit, keep });
  return rows.map((row) => toCampaign(row as CampaignRow, units));
}

/**
 * Campaigns joined with their delivery: two Graph edges, however many campaigns there are. Without a status those
 * that are archived or deleted are among them when they delivered, so that nothing of the account's spend is missing.
 */
export async function readDelivery(
  reads: GraphReads,
  at: At,
  { status, period, limit }: { status?: CampaignStatus; period: Period; limit?: number },
): Promise<CampaignWithInsights[]> {
  const [campaigns, rows] = await Promise.all([
    readCampaigns(reads, at, { status, limit, activeOnly: status === 'ACTIVE' }),
    readRows(reads, status ? [status] : ALL_STATUSES, period),
  ]);
  const byId = new Map(rows.map((row) => [row.campaign_id, row]));
  const listed = campaigns.map((campaign) => withDelivery(campaign, byId.get(campaign.id)));
  const isWhole = limit === undefined && (status === undefined || status === 'DELETED');
  if (!isWhole) return listed;
  const known = new Set(campaigns.map(({ id }) => id));
  const others = rows.filter(({ campaign_id }) => !known.has(String(campaign_id)));
  return [...listed, ...(await withoutListing(reads, at, others, status))];
}

function readRows(reads: GraphReads, statuses: readonly string[], period: Period): Promise<InsightsRow[]> {
  const fields = ['campaign_id', 'campaign_name', 'objective', ...INSIGHTS_FIELDS].join(',');
  const filtering = [{ field: 'campaign.effective_status', operator: 'IN', value: statuses }];
  return reads.insights([reads.accountPath, 'insights'], {
    fields,
    level: 'campaign',
    filtering,
    ...periodParams(period),
  });
}

/** Archived campaigns are read; those that Facebook does not show any more are deleted. */
async function withoutListing(
  reads: GraphReads,
  at: At,
  rows: readonly InsightsRow[],
  status: CampaignStatus | undefined,
): Promise<CampaignWithInsights[]> {
  const archived = new Map<string, Campaign>();
  const ids = status === 'DELETED' ? [] : rows.map(({ campaign_id }) => String(campaign_id));
  const units = budgetUnitsPerCurrencyUnit(at.account.currency);
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const found = await reads.rows([reads.accountPath, 'campaigns'], {
      fields: CAMPAIGN_FIELDS.join(','),
      effective_status: ['ARCHIVED'],
      filtering: [{ field: 'id', operator: 'IN', value: ids.slice(start, start + IDS_AT_ONCE) }],
    });
    for (const row of found) {
      const campaign = toCampaign(row as CampaignRow, units);
      archived.set(campaign.id, campaign);
    }
  }
  return rows.map((row) => withDelivery(archived.get(String(row.campaign_id)) ?? deletedCampaign(row), row));
}

function withDelivery(campaign: Campaign, row: InsightsRow | undefined): CampaignWithInsights {
  if (row === undefined) return { ...campaign, insights: null, results: null };
  const insights = toInsights(row);
  return { ...campaign, insights, results: resultsOf(campaign.objective, insights, actionCounts(row)) };
}

/**
 * How Graph is asked for a period, and for conversions in the attribution windows of the ad account rather than in
 * some of this API's choice.
 */
export function periodParams(period: Period): Readonly<Record<string, unknown>> {
  const range =
    typeof period === 'string'
      ? { date_preset: period }
      : { time_range: { since: period.since, until: period.until } };
  return { ...range, use_account_attribution_setting: true };
}

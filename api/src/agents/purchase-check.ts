import type { CampaignWithInsights } from '../domain/campaign.ts';
import { campaignResults } from '../domain/campaign-results.ts';
import { aimOf } from '../domain/objective.ts';
import type { Period } from '../domain/period.ts';
import { periodParams } from './campaign-reads.ts';
import {
  GraphDeadlineError,
  GraphError,
  GraphTooMuchDataError,
  GraphTransientError,
} from './graph-errors.ts';
import type { GraphReads } from './graph-reads.ts';
import { toInsights } from './insights-rows.ts';

/** Fewer clicks bring no purchase often enough. */
const LEAST_CLICKS = 10;
/** Purchases that bring less than they cost are looked at twice. */
const LEAST_ROAS = 1;
const IDS_AT_ONCE = 50;

/**
 * Facebook's rows of campaigns lack purchases for a while that its rows of their ads have. Those of campaigns which
 * would be held against them are compared, and marked as incomplete where the ads have more.
 */
export async function checkPurchases(
  reads: GraphReads,
  campaigns: readonly CampaignWithInsights[],
  period: Period,
): Promise<CampaignWithInsights[]> {
  const suspects = campaigns.filter(isSuspect).map(({ id }) => id);
  if (suspects.length === 0) return [...campaigns];
  let atAds: Map<string, number> | undefined;
  try {
    atAds = await purchasesOfAds(reads, suspects, period);
  } catch (error) {
    if (!isOfThisQuery(error)) throw error;
  }
  const checked = new Set(suspects);
  return campaigns.map((campaign) => {
    const { id, insights } = campaign;
    if (!checked.has(id) || insights === null) return campaign;
    const found = atAds?.get(id) ?? 0;
    if (atAds && found <= insights.conversions) return campaign;
    const note = atAds
      ? `purchases look incomplete: ${insights.conversions} at the campaign, ${found} at its ads`
      : 'purchases could not be compared with those of the ads';
    return { ...campaign, results: incomplete(campaign, note) };
  });
}

function isSuspect({ objective, insights }: CampaignWithInsights): boolean {
  if (aimOf(objective) !== 'sales' || insights === null || insights.clicks < LEAST_CLICKS) return false;
  return insights.spend > 0 && (insights.roas ?? 0) < LEAST_ROAS;
}

async function purchasesOfAds(
  reads: GraphReads,
  campaignIds: readonly string[],
  period: Period,
): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (let start = 0; start < campaignIds.length; start += IDS_AT_ONCE) {
    const value = campaignIds.slice(start, start + IDS_AT_ONCE);
    const rows = await reads.insights([reads.accountPath, 'insights'], {
      fields: 'campaign_id,ad_id,actions',
      level: 'ad',
      filtering: [{ field: 'campaign.id', operator: 'IN', value }],
      ...periodParams(period),
    });
    for (const row of rows) {
      const id = String(row.campaign_id);
      sums.set(id, (sums.get(id) ?? 0) + toInsights(row).conversions);
    }
  }
  return sums;
}

/** What says something of this query alone; anything else concerns all of them. */
function isOfThisQuery(error: unknown): boolean {
  if (error instanceof GraphDeadlineError || error instanceof GraphTransientError) return true;
  return error instanceof GraphTooMuchDataError || (error instanceof GraphError && error.fault.code === 100);
}

function incomplete(campaign: CampaignWithInsights, note: string): CampaignWithInsights['results'] {
  const results = campaignResults(campaign);
  return results && { ...results, complete: false, note };
}

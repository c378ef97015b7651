import type { CampaignWithInsights, Insights } from '../domain/campaign.ts';

/** What a campaign is held against. */
export interface Thresholds {
  /** Per cent; a lower click-through rate underperforms. */
  ctr_threshold: number;
  /** Major units of the account's currency; a dearer conversion underperforms. */
  cpa_threshold: number;
}

/** A click-through rate this many times the threshold is excellent. */
const EXCELLENT_CTR_FACTOR = 1.5;

/** A campaign that can be judged: it delivered in the period. */
export interface JudgedCampaign extends CampaignWithInsights {
  insights: Insights & { ctr: number };
}

/** Campaigns without delivery are left out: nothing can be said of them. */
export function judgedCampaigns(campaigns: readonly CampaignWithInsights[]): JudgedCampaign[] {
  return campaigns.filter(
    (campaign): campaign is JudgedCampaign => (campaign.insights?.ctr ?? null) !== null,
  );
}

/** Why a campaign underperforms, one sentence a fault; empty when it does not. */
export function faultsOf({ insights }: JudgedCampaign, thresholds: Thresholds): string[] {
  const { ctr_threshold, cpa_threshold } = thresholds;
  const faults: string[] = [];
  if (insights.ctr < ctr_threshold) {
    faults.push(`CTR of ${percent(insights.ctr)} is under ${percent(ctr_threshold)}`);
  }
  if (insights.cpa !== null && insights.cpa > cpa_threshold) {
    faults.push(`CPA of ${insights.cpa.toFixed(2)} is above ${cpa_threshold.toFixed(2)}`);
  }
  return faults;
}

export function isExcellent({ insights }: JudgedCampaign, { ctr_threshold }: Thresholds): boolean {
  return insights.ctr >= EXCELLENT_CTR_FACTOR * ctr_threshold;
}

/** The sentence that goes with `isExcellent`. */
export function meritOf({ insights }: JudgedCampaign, { ctr_threshold }: Thresholds): string {
  return `CTR of ${percent(insights.ctr)} is at least ${EXCELLENT_CTR_FACTOR} x ${percent(ctr_threshold)}`;
}

export function percent(value: number): string {
  return `${value.toFixed(2)} %`;
}

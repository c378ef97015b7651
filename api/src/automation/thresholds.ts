import type { JudgedCampaign } from './judged-campaign.ts';

/** What a campaign is held against. */
export interface Thresholds {
  /** Per cent; a lower click-through rate underperforms. */
  ctr_threshold: number;
  /** Major units of the account's currency; a dearer result underperforms. */
  cpa_threshold: number;
}

/** A click-through rate this many times the threshold is excellent. */
const EXCELLENT_CTR_FACTOR = 1.5;

/** Fewer impressions show nothing of a click-through rate. */
const LEAST_IMPRESSIONS = 500;

/**
 * Why a campaign underperforms, one sentence a fault; empty when it does not. A campaign that sells is held against
 * both thresholds, one for traffic against that of clicks, one for leads or installs against what each of them costs.
 */
export function faultsOf(campaign: JudgedCampaign, { ctr_threshold, cpa_threshold }: Thresholds): string[] {
  const { aim, insights, results } = campaign;
  const faults: string[] = [];
  if ((aim === 'sales' || aim === 'traffic') && insights.ctr < ctr_threshold) {
    faults.push(`CTR of ${percent(insights.ctr)} is under ${percent(ctr_threshold)}`);
  }
  // What is not counted yet makes each of the others look dear.
  const cost = results?.complete ? results.cost : null;
  if (aim !== 'traffic' && cost !== null && cost > cpa_threshold) {
    faults.push(`${COST_NAMES[aim] ?? 'CPA'} of ${cost.toFixed(2)} is above ${cpa_threshold.toFixed(2)}`);
  }
  return faults;
}

const COST_NAMES: Readonly<Record<string, string>> = { leads: 'Cost per lead', app: 'Cost per install' };

export function hasExcellentCtr({ insights }: JudgedCampaign, { ctr_threshold }: Thresholds): boolean {
  return insights.ctr >= EXCELLENT_CTR_FACTOR * ctr_threshold;
}

/**
 * Whether a campaign may receive money: it clicks well, and it has shown results of its own objective. Spend without
 * a result is no evidence, nor are results that are not all counted, nor a handful of impressions.
 */
export function isExcellent(campaign: JudgedCampaign, thresholds: Thresholds): boolean {
  const { insights, results } = campaign;
  if (!hasExcellentCtr(campaign, thresholds) || insights.impressions < LEAST_IMPRESSIONS) return false;
  return results?.complete === true && results.count !== null && results.count > 0;
}

/** A campaign that has spent the price of a result and has none; what may be missing is not held against it. */
export function spendsInVain(
  { aim, insights, results }: JudgedCampaign,
  { cpa_threshold }: Thresholds,
): boolean {
  if (aim === 'traffic' || results === null || !results.complete) return false;
  return results.count === 0 && insights.spend >= cpa_threshold;
}

/** The sentence that goes with `isExcellent`. */
export function meritOf({ insights }: JudgedCampaign, { ctr_threshold }: Thresholds): string {
  return `CTR of ${percent(insights.ctr)} is at least ${EXCELLENT_CTR_FACTOR} x ${percent(ctr_threshold)}`;
}

export function percent(value: number): string {
  return `${value.toFixed(2)} %`;
}

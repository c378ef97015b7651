import type { CampaignWithInsights } from '../domain/campaign.ts';
import { type Budget, budgetOf, budgetSuggestion, type Suggestion } from './suggestion.ts';
import {
  faultsOf,
  isExcellent,
  type JudgedCampaign,
  judgedCampaigns,
  meritOf,
  percent,
  type Thresholds,
} from './thresholds.ts';

const INCREASE = 1.2;
const DECREASE = 0.8;
const WORST = 5;

type Budgeted = [campaign: JudgedCampaign, budget: Budget];

/**
 * Proposes +20 % for each campaign with an excellent CTR and −20 % for the five worst of the others
 * (lowest CTR first, the dearer conversion first among equals). Campaigns without delivery or
 * without a budget of their own have no suggestion.
 */
export function suggestBudgets(
  campaigns: readonly CampaignWithInsights[],
  thresholds: Thresholds,
): Suggestion[] {
  const budgeted = judgedCampaigns(campaigns).flatMap((campaign): Budgeted[] => {
    const budget = budgetOf(campaign);
    return budget === null ? [] : [[campaign, budget]];
  });
  const excellent = budgeted.filter(([campaign]) => isExcellent(campaign, thresholds));
  const worst = budgeted
    .filter(([campaign]) => !isExcellent(campaign, thresholds))
    .sort(([a], [b]) => byWorst(a, b))
    .slice(0, WORST);
  const suggestions = [
    ...excellent.map((row) => scaled(row, INCREASE, increaseReason(row[0], thresholds))),
    ...worst.map((row) => scaled(row, DECREASE, decreaseReason(row[0]))),
  ];
  // A budget of a few cents may round to itself.
  return suggestions.filter(({ current_budget, suggested_budget }) => current_budget !== suggested_budget);
}

function scaled([campaign, budget]: Budgeted, factor: number, reason: string): Suggestion {
  return budgetSuggestion(campaign, budget, Math.round(budget.cents * factor), reason);
}

function byWorst({ id, insights: a }: JudgedCampaign, { id: otherId, insights: b }: JudgedCampaign): number {
  return a.ctr - b.ctr || (b.cpa ?? 0) - (a.cpa ?? 0) || id.localeCompare(otherId);
}

function increaseReason(campaign: JudgedCampaign, thresholds: Thresholds): string {
  const faults = faultsOf(campaign, thresholds);
  const warning = faults.length === 0 ? [] : [`check first: ${faults.join('; ')}`];
  return [meritOf(campaign, thresholds), ...warning].join('; ');
}

function decreaseReason({ insights }: JudgedCampaign): string {
  return `CTR of ${percent(insights.ctr)} is among the ${WORST} lowest`;
}

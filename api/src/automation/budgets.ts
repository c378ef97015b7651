import { atThisMoment } from '../domain/account-report.ts';
import { type Budget, budgetOf, loweredBy } from '../domain/budget.ts';
import type { CampaignWithInsights } from '../domain/campaign.ts';
import { byId, type JudgedCampaign, judgedCampaigns, type Setting } from './judged-campaign.ts';
import { type Bench, budgetSuggestion, paysWell, type Suggestion } from './suggestion.ts';
import {
  faultsOf,
  hasExcellentCtr,
  isExcellent,
  meritOf,
  percent,
  spendsInVain,
  type Thresholds,
} from './thresholds.ts';

const INCREASE = 0.2;
const DECREASE = 0.2;
const WORST = 5;

type Budgeted = [campaign: JudgedCampaign, budget: Budget];

/**
 * Proposes +20 % for each campaign with an excellent CTR and results to show, and −20 % for the five worst of the
 * others: those that spend in vain first, then the lowest CTR, the dearer result first among equals. One whose
 * purchases clearly pay is not among the worst, nor is one whose CTR is excellent and whose results are few or not
 * all counted. Campaigns without delivery, or whose ad sets hold the budget, have no suggestion.
 */
export function suggestBudgets(
  campaigns: readonly CampaignWithInsights[],
  thresholds: Thresholds,
  setting: Setting = atThisMoment(),
): Suggestion[] {
  const bench: Bench = { thresholds, setting };
  const budgeted = judgedCampaigns(campaigns, setting).flatMap((campaign): Budgeted[] => {
    const budget = budgetOf(campaign, setting.account, campaign.insights.spend);
    return budget === null ? [] : [[campaign, budget]];
  });
  const excellent = budgeted.filter(([campaign]) => isExcellent(campaign, thresholds));
  const worst = budgeted
    .filter(([campaign]) => canBeWorst(campaign, thresholds))
    .sort(([a], [b]) => byWorst(a, b, thresholds))
    .slice(0, WORST);
  const suggestions = [
    ...excellent.map(([campaign, budget]) => {
      const units = budget.units + Math.round(budget.units * INCREASE);
      return budgetSuggestion(
        campaign,
        { budget, units, reason: increaseReason(campaign, thresholds) },
        bench,
      );
    }),
    ...worst.map(([campaign, budget]) => {
      const units = loweredBy(budget, DECREASE);
      return budgetSuggestion(
        campaign,
        { budget, units, reason: decreaseReason(campaign, thresholds) },
        bench,
      );
    }),
  ];
  // A budget of a few cents may round to itself.
  return suggestions.filter(({ current_budget, suggested_budget }) => current_budget !== suggested_budget);
}

function canBeWorst(campaign: JudgedCampaign, thresholds: Thresholds): boolean {
  if (spendsInVain(campaign, thresholds)) return true;
  if (campaign.aim === 'leads' || campaign.aim === 'app') return faultsOf(campaign, thresholds).length > 0;
  return !hasExcellentCtr(campaign, thresholds) && !paysWell(campaign, thresholds);
}

function byWorst(a: JudgedCampaign, b: JudgedCampaign, thresholds: Thresholds): number {
  const [inVain, otherInVain] = [spendsInVain(a, thresholds), spendsInVain(b, thresholds)];
  if (inVain !== otherInVain) return inVain ? -1 : 1;
  const costs = (b.results?.cost ?? 0) - (a.results?.cost ?? 0);
  return a.insights.ctr - b.insights.ctr || costs || byId(a.id, b.id);
}

function increaseReason(campaign: JudgedCampaign, thresholds: Thresholds): string {
  const faults = faultsOf(campaign, thresholds);
  const warning = faults.length === 0 ? [] : [`check first: ${faults.join('; ')}`];
  return [meritOf(campaign, thresholds), ...warning].join('; ');
}

function decreaseReason(campaign: JudgedCampaign, thresholds: Thresholds): string {
  const { aim, insights, results } = campaign;
  if (spendsInVain(campaign, thresholds)) {
    return `${insights.spend.toFixed(2)} spent without a result (${results?.type.replace('_', ' ')})`;
  }
  if (aim === 'leads' || aim === 'app') return faultsOf(campaign, thresholds).join('; ');
  return `CTR of ${percent(insights.ctr)} is among the ${WORST} lowest`;
}

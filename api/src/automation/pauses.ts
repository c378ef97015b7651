import { atThisMoment } from '../domain/account-report.ts';
import { budgetOf } from '../domain/budget.ts';
import type { CampaignWithInsights } from '../domain/campaign.ts';
import { judgedCampaigns, type Setting } from './judged-campaign.ts';
import { pauseSuggestion, type Suggestion } from './suggestion.ts';
import { faultsOf, type Thresholds } from './thresholds.ts';

/** Proposes to pause each campaign that underperforms by its own objective: see `faultsOf`. */
export function suggestPauses(
  campaigns: readonly CampaignWithInsights[],
  thresholds: Thresholds,
  setting: Setting = atThisMoment(),
): Suggestion[] {
  return judgedCampaigns(campaigns, setting).flatMap((campaign) => {
    const faults = faultsOf(campaign, thresholds);
    if (faults.length === 0) return [];
    const budget = budgetOf(campaign, setting.account, campaign.insights.spend);
    return pauseSuggestion(campaign, budget, faults.join('; '), { thresholds, setting });
  });
}

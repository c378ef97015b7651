import type { CampaignWithInsights } from '../domain/campaign.ts';
import { budgetOf, type Suggestion } from './suggestion.ts';
import { faultsOf, judgedCampaigns, type Thresholds } from './thresholds.ts';

/** Proposes to pause each campaign under the CTR threshold or above the CPA threshold. */
export function suggestPauses(
  campaigns: readonly CampaignWithInsights[],
  thresholds: Thresholds,
): Suggestion[] {
  return judgedCampaigns(campaigns).flatMap((campaign) => {
    const faults = faultsOf(campaign, thresholds);
    if (faults.length === 0) return [];
    const budget = budgetOf(campaign);
    return {
      campaign_id: campaign.id,
      name: campaign.name,
      action: 'pause',
      reason: faults.join('; '),
      budget_type: budget?.type ?? null,
      current_budget: budget === null ? null : budget.cents / 100,
      suggested_budget: null,
    };
  });
}

import type { CampaignWithInsights } from './campaign.ts';
import { type Results, resultsOf } from './results.ts';

/** Those that came with the campaign, else what its row alone tells. */
export function campaignResults({ objective, insights, results }: CampaignWithInsights): Results | null {
  return results === undefined ? resultsOf(objective, insights) : results;
}

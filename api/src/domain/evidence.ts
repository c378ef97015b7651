import { campaignResults } from './campaign-results.ts';
import type { CampaignWithInsights } from './campaign.ts';
import type { Insights } from './insights.ts';
import { type Aim, aimOf } from './objective.ts';
import type { Results } from './results.ts';

/** The figures that a suggestion rests on. Money in major units. */
export interface Evidence {
  period: { since: string; until: string };
  objective: string | null;
  /** What the campaign is judged by: its objective, legacy ones mapped. */
  aim: Aim;
  impressions: number;
  clicks: number;
  spend: number;
  ctr: number | null;
  conversions: number;
  revenue: number;
  cpa: number | null;
  roas: number | null;
  results: Results | null;
  /** Of a lifetime budget; null for others. */
  budget_remaining: number | null;
}

export function evidenceOf(campaign: CampaignWithInsights & { insights: Insights }): Evidence {
  const { objective, insights, lifetime_budget, budget_remaining } = campaign;
  const { date_start, date_stop, impressions, clicks, spend, ctr, conversions, revenue, cpa, roas } =
    insights;
  return {
    period: { since: date_start, until: date_stop },
    objective,
    aim: aimOf(objective),
    impressions,
    clicks,
    spend,
    ctr,
    conversions,
    revenue,
    cpa,
    roas,
    results: campaignResults(campaign),
    budget_remaining: lifetime_budget === null ? null : (budget_remaining ?? null),
  };
}

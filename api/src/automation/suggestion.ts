import type { CampaignWithInsights } from '../domain/campaign.ts';

export type BudgetType = 'daily' | 'lifetime';

/** One proposal to a person. Money in major units of the account's currency, to the cent. */
export interface Suggestion {
  campaign_id: string;
  name: string;
  action: 'pause' | 'increase_budget' | 'decrease_budget';
  reason: string;
  /** Null for a campaign without a budget of its own (its ad sets hold it). */
  budget_type: BudgetType | null;
  current_budget: number | null;
  /** Null where the budget is not what changes. */
  suggested_budget: number | null;
}

/** A campaign's own budget in cents, so that sums and shares are exact. */
export interface Budget {
  type: BudgetType;
  cents: number;
}

/** @returns null for a campaign whose ad sets hold the budget */
export function budgetOf(campaign: CampaignWithInsights): Budget | null {
  const { daily_budget, lifetime_budget } = campaign;
  if (daily_budget !== null) return { type: 'daily', cents: Math.round(daily_budget * 100) };
  if (lifetime_budget !== null) return { type: 'lifetime', cents: Math.round(lifetime_budget * 100) };
  return null;
}

/** A suggestion that moves a budget to `cents`. */
export function budgetSuggestion(
  campaign: CampaignWithInsights,
  budget: Budget,
  cents: number,
  reason: string,
): Suggestion {
  return {
    campaign_id: campaign.id,
    name: campaign.name,
    action: cents < budget.cents ? 'decrease_budget' : 'increase_budget',
    reason,
    budget_type: budget.type,
    current_budget: budget.cents / 100,
    suggested_budget: cents / 100,
  };
}

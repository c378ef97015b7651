import type { CampaignWithInsights } from '../domain/campaign.ts';
import { type Budget, type BudgetType, budgetOf, budgetSuggestion, type Suggestion } from './suggestion.ts';
import {
  faultsOf,
  isExcellent,
  type JudgedCampaign,
  judgedCampaigns,
  meritOf,
  type Thresholds,
} from './thresholds.ts';

/** Where the money would go. What the decreases free is, to the cent, what the increases take. */
export interface ReallocationPlan {
  /** Judged campaigns of each kind, with or without a budget to move. */
  underperforming: number;
  excellent: number;
  /** Moved per day, and moved of lifetime budgets: the two are never mixed. */
  freed: Record<BudgetType, number>;
  decreases: Suggestion[];
  increases: Suggestion[];
}

type Budgeted = [campaign: JudgedCampaign, budget: Budget];

/**
 * Plans to take half of each underperformer's budget and to share it equally among the excellent
 * campaigns. Nothing is taken where nobody can receive it.
 */
export function planReallocation(
  campaigns: readonly CampaignWithInsights[],
  thresholds: Thresholds,
): ReallocationPlan {
  const judged = judgedCampaigns(campaigns);
  const givers = judged.filter((campaign) => faultsOf(campaign, thresholds).length > 0);
  const takers = judged.filter(
    (campaign) => isExcellent(campaign, thresholds) && faultsOf(campaign, thresholds).length === 0,
  );
  const plan: ReallocationPlan = {
    underperforming: givers.length,
    excellent: takers.length,
    freed: { daily: 0, lifetime: 0 },
    decreases: [],
    increases: [],
  };
  for (const type of ['daily', 'lifetime'] as const) {
    movePart(plan, type, withBudget(givers, type), withBudget(takers, type), thresholds);
  }
  return plan;
}

function movePart(
  plan: ReallocationPlan,
  type: BudgetType,
  givers: Budgeted[],
  takers: Budgeted[],
  thresholds: Thresholds,
): void {
  if (takers.length === 0) return;
  const gifts = givers.map(([, { cents }]) => Math.floor(cents / 2));
  const freed = gifts.reduce((sum, gift) => sum + gift, 0);
  const shares = shareEqually(freed, takers.length);
  plan.freed[type] = freed / 100;
  givers.forEach(([campaign, budget], index) => {
    const gift = gifts[index] ?? 0;
    if (gift === 0) return;
    const reason = faultsOf(campaign, thresholds).join('; ');
    plan.decreases.push(budgetSuggestion(campaign, budget, budget.cents - gift, reason));
  });
  takers.forEach(([campaign, budget], index) => {
    const share = shares[index] ?? 0;
    if (share === 0) return;
    const reason = meritOf(campaign, thresholds);
    plan.increases.push(budgetSuggestion(campaign, budget, budget.cents + share, reason));
  });
}

function withBudget(campaigns: JudgedCampaign[], type: BudgetType): Budgeted[] {
  return campaigns.flatMap((campaign): Budgeted[] => {
    const budget = budgetOf(campaign);
    return budget?.type === type ? [[campaign, budget]] : [];
  });
}

/** Whole cents; the first shares carry the cents that do not divide. */
function shareEqually(cents: number, shares: number): number[] {
  const share = Math.floor(cents / shares);
  const rest = cents - share * shares;
  return Array.from({ length: shares }, (_, index) => share + (index < rest ? 1 : 0));
}

import { atThisMoment } from '../domain/account-report.ts';
import { type Budget, type BudgetType, budgetOf, halfOf } from '../domain/budget.ts';
import type { CampaignWithInsights } from '../domain/campaign.ts';
import { type JudgedCampaign, judgedCampaigns, type Setting } from './judged-campaign.ts';
import { type Bench, budgetSuggestion, type Suggestion } from './suggestion.ts';
import { faultsOf, isExcellent, meritOf, type Thresholds } from './thresholds.ts';

/** Where the money would go. What the decreases free is, to the last unit, what the increases take. */
export interface ReallocationPlan {
  /** Judged campaigns of each kind, with or without a budget to move. */
  underperforming: number;
  excellent: number;
  /** Moved per day, and moved of lifetime budgets: the two are never mixed. */
  freed: Record<BudgetType, number>;
  decreases: Suggestion[];
  increases: Suggestion[];
}

interface Part {
  campaign: JudgedCampaign;
  budget: Budget;
  /** Units that it gives or takes. */
  units: number;
}

/**
 * Plans to take half of each underperformer's budget (of a lifetime budget: of what is not spent) and to share it
 * equally among the excellent campaigns. Nothing is taken where nobody can receive it.
 */
export function planReallocation(
  campaigns: readonly CampaignWithInsights[],
  thresholds: Thresholds,
  setting: Setting = atThisMoment(),
): ReallocationPlan {
  const bench: Bench = { thresholds, setting };
  const judged = judgedCampaigns(campaigns, setting);
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
    movePart(plan, type, partsOf(givers, type, setting), partsOf(takers, type, setting), bench);
  }
  return plan;
}

function movePart(
  plan: ReallocationPlan,
  type: BudgetType,
  givers: readonly Part[],
  takers: readonly Part[],
  bench: Bench,
): void {
  const [first] = takers;
  if (first === undefined) return;
  const gifts = givers
    .map((giver) => ({ ...giver, units: halfOf(giver.budget) }))
    .filter(({ units }) => units > 0);
  const freed = gifts.reduce((sum, { units }) => sum + units, 0);
  const shares = shareEqually(freed, takers);
  plan.freed[type] = freed / first.budget.perCurrencyUnit;
  for (const { campaign, budget, units } of gifts) {
    const reason = faultsOf(campaign, bench.thresholds).join('; ');
    plan.decreases.push(budgetSuggestion(campaign, { budget, units: budget.units - units, reason }, bench));
  }
  for (const { campaign, budget, units } of shares) {
    const reason = meritOf(campaign, bench.thresholds);
    plan.increases.push(budgetSuggestion(campaign, { budget, units: budget.units + units, reason }, bench));
  }
}

function partsOf(campaigns: readonly JudgedCampaign[], type: BudgetType, { account }: Setting): Part[] {
  return campaigns.flatMap((campaign): Part[] => {
    const budget = budgetOf(campaign, account, campaign.insights.spend);
    return budget?.type === type ? [{ campaign, budget, units: 0 }] : [];
  });
}

/** Whole units; the first takers carry those that do not divide, and one without a share takes no part. */
function shareEqually(units: number, takers: readonly Part[]): Part[] {
  const share = Math.floor(units / takers.length);
  const rest = units - share * takers.length;
  return takers
    .map((taker, index) => ({ ...taker, units: share + (index < rest ? 1 : 0) }))
    .filter((taker) => taker.units > 0);
}

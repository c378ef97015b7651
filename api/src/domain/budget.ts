import type { AccountFacts } from './account.ts';
import type { Campaign } from './campaign.ts';
import { budgetUnitsPerCurrencyUnit } from './currency.ts';

export type BudgetType = 'daily' | 'lifetime';

/**
 * A campaign's own budget in the smallest amounts that can be paid in the account's currency (cents, or whole yen),
 * so that sums and shares are exact and every amount can be set at Facebook.
 */
export interface Budget {
  type: BudgetType;
  units: number;
  /** How many units make one of the currency. */
  perCurrencyUnit: number;
  /** The part that can still be taken away: all but the least that Facebook takes, and but what is spent already. */
  free: number;
}

/**
 * @param spentLately major units that the campaign is known to have spent, for where Graph does not say what is left
 * @returns null for a campaign whose ad sets hold the budget
 */
export function budgetOf(campaign: Campaign, account: AccountFacts, spentLately = 0): Budget | null {
  const perCurrencyUnit = budgetUnitsPerCurrencyUnit(account.currency);
  const inUnits = (amount: number) => Math.round(amount * perCurrencyUnit);
  const { daily_budget, lifetime_budget } = campaign;
  if (daily_budget !== null && daily_budget !== undefined) {
    const units = inUnits(daily_budget);
    const least = Math.max(1, inUnits(account.min_daily_budget ?? 0));
    return { type: 'daily', units, perCurrencyUnit, free: Math.max(0, units - least) };
  }
  if (lifetime_budget === null || lifetime_budget === undefined) return null;
  const units = inUnits(lifetime_budget);
  const left = campaign.budget_remaining ?? Math.max(0, lifetime_budget - spentLately);
  return { type: 'lifetime', units, perCurrencyUnit, free: Math.min(units, Math.max(0, inUnits(left))) };
}

/** Half of a budget, of which only what is not spent yet can be taken; in units. */
export function halfOf({ type, units, free }: Budget): number {
  return type === 'daily' ? Math.min(Math.floor(units / 2), free) : Math.floor(free / 2);
}

/** A budget without a share of itself, but never without what cannot be taken; in units. */
export function loweredBy(budget: Budget, share: number): number {
  const most = budget.type === 'daily' ? budget.free : Math.floor(budget.free / 2);
  return budget.units - Math.min(Math.round(budget.units * share), most);
}

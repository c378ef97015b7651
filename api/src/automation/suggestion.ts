import type { Budget, BudgetType } from '../domain/budget.ts';
import { type Confidence, confidenceIn } from '../domain/confidence.ts';
import { type Evidence, evidenceOf } from '../domain/evidence.ts';
import type { JudgedCampaign, Setting } from './judged-campaign.ts';
import type { Thresholds } from './thresholds.ts';

/** One proposal to a person. Money in major units, in amounts that can be paid in the account's currency. */
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
  /** The figures that it rests on. */
  evidence: Evidence;
  /** How far they carry it. */
  confidence: Confidence;
}

/** What a suggestion is made by. */
export interface Bench {
  thresholds: Thresholds;
  setting: Setting;
}

/** Purchases that clearly pay: what speaks against them is to be looked at twice. */
const WELL_PAID = { roas: 3.5, conversions: 10 };

export function paysWell({ aim, insights, results }: JudgedCampaign, { cpa_threshold }: Thresholds): boolean {
  const { roas, cpa, conversions } = insights;
  if (aim !== 'sales' || !results?.complete || conversions < WELL_PAID.conversions) return false;
  return (roas ?? 0) >= WELL_PAID.roas && cpa !== null && cpa <= cpa_threshold;
}

export function pauseSuggestion(
  campaign: JudgedCampaign,
  budget: Budget | null,
  reason: string,
  bench: Bench,
): Suggestion {
  return {
    campaign_id: campaign.id,
    name: campaign.name,
    action: 'pause',
    reason,
    budget_type: budget?.type ?? null,
    current_budget: budget === null ? null : budget.units / budget.perCurrencyUnit,
    suggested_budget: null,
    ...groundsOf(campaign, bench, 'against'),
  };
}

/** A suggestion that moves a budget to `units`. */
export function budgetSuggestion(
  campaign: JudgedCampaign,
  { budget, units, reason }: { budget: Budget; units: number; reason: string },
  bench: Bench,
): Suggestion {
  const isDecrease = units < budget.units;
  return {
    campaign_id: campaign.id,
    name: campaign.name,
    action: isDecrease ? 'decrease_budget' : 'increase_budget',
    reason,
    budget_type: budget.type,
    current_budget: budget.units / budget.perCurrencyUnit,
    suggested_budget: units / budget.perCurrencyUnit,
    ...groundsOf(campaign, bench, isDecrease ? 'against' : 'for'),
  };
}

function groundsOf(campaign: JudgedCampaign, { thresholds, setting }: Bench, side: 'for' | 'against') {
  const { insights, results } = campaign;
  const isEarning = side === 'against' && paysWell(campaign, thresholds);
  const further = isEarning
    ? [`its purchases pay: ROAS ${insights.roas?.toFixed(2)}, ${insights.conversions} purchases`]
    : [];
  return {
    evidence: evidenceOf(campaign),
    confidence: confidenceIn(
      { campaign, insights, results },
      { now: setting.now, costThreshold: thresholds.cpa_threshold, further },
    ),
  };
}

export { suggestBudgets } from './budgets.ts';
export type { Setting } from './judged-campaign.ts';
export { suggestPauses } from './pauses.ts';
export { planReallocation, type ReallocationPlan } from './reallocation.ts';
export type { Suggestion } from './suggestion.ts';
export type { Thresholds } from './thresholds.ts';

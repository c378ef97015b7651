import type { Campaign } from '../domain/campaign.ts';
import { GraphProtocolError } from './graph-errors.ts';

/** The campaign fields that `toCampaign` reads. */
export const CAMPAIGN_FIELDS = [
  'id',
  'name',
  'status',
  'effective_status',
  'objective',
  'daily_budget',
  'lifetime_budget',
  'budget_remaining',
  'start_time',
  'stop_time',
  'created_time',
  'updated_time',
] as const;

export type CampaignRow = Partial<Record<(typeof CAMPAIGN_FIELDS)[number], unknown>>;

/**
 * A campaign from Graph's row.
 * @param budgetUnits Graph's budget units in one unit of the account's currency.
 * @throws {GraphProtocolError} for a row without an id.
 */
export function toCampaign(row: CampaignRow, budgetUnits: number): Campaign {
  if (typeof row?.id !== 'string') throw new GraphProtocolError({ reason: 'row-id' });
  const status = text(row.status);
  return {
    id: row.id,
    name: text(row.name),
    status,
    effective_status: text(row.effective_status) || status,
    objective: text(row.objective) || null,
    daily_budget: budget(row.daily_budget, budgetUnits),
    lifetime_budget: budget(row.lifetime_budget, budgetUnits),
    budget_remaining: remaining(row, budgetUnits),
    start_time: text(row.start_time) || null,
    stop_time: text(row.stop_time) || null,
    created_time: text(row.created_time),
    updated_time: text(row.updated_time),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Graph sends "0" for the kind of budget that a campaign does not have. */
function budget(value: unknown, budgetUnits: number): number | null {
  const units = Number(value ?? 0);
  return units > 0 ? units / budgetUnits : null;
}

/** Of a daily budget it is the rest of the day, which says nothing here. Nothing left is told as "0". */
function remaining(row: CampaignRow, budgetUnits: number): number | null {
  if (budget(row.lifetime_budget, budgetUnits) === null || row.budget_remaining === undefined) return null;
  const units = Number(row.budget_remaining);
  return Number.isFinite(units) ? Math.max(0, units) / budgetUnits : null;
}

/**
 * What is left of a campaign that Facebook lists no more: its name and objective, as its figures tell them.
 * @throws {GraphProtocolError} for a row without an id.
 */
export function deletedCampaign(row: {
  campaign_id?: unknown;
  campaign_name?: unknown;
  objective?: unknown;
}) {
  const { campaign_id: id, campaign_name: name, objective } = row;
  return toCampaign({ id, name, objective, status: 'DELETED', effective_status: 'DELETED' }, 1);
}

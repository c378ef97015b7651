import { type AccountReport, type Grounds, groundsOf } from '../domain/account-report.ts';
import type { CampaignWithInsights } from '../domain/campaign.ts';
import { type Spent, spentOf } from '../domain/spent.ts';
import { type DeliveryTotals, sumDelivery } from './totals.ts';

export interface ExportedFigures extends Grounds {
  /** Archived and deleted ones too, where they delivered. */
  campaigns: CampaignWithInsights[];
  /** The account's own. */
  totals: DeliveryTotals;
  /** Whose spend the total is made of. */
  spent: Spent;
}

/** What machines are given of a range of days: the campaigns, and what they add up to beside the account's total. */
export function exportedFigures(report: AccountReport): ExportedFigures {
  const { campaigns, total } = report;
  const rows = total ? [total] : campaigns.map(({ insights }) => insights);
  return { campaigns, totals: sumDelivery(rows), spent: spentOf(campaigns, total), ...groundsOf(report) };
}
